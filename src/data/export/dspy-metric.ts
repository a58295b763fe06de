/**
 * The metric as a function that DSPy's optimizers and `Evaluate` take. The answer is read as our promptfoo export reads
 * it; rarer ways of putting it ("either A or B") are understood in the run alone.
 */
import type { ComparedMetric, Task } from '../../core/types.ts';
import { quoted } from './literals.ts';

/** The whole reply, the text behind "Answer:", or its one line. */
const readers = `def read_reply(reply):
    return re.sub(r"<think>.*?</think>", "", str(reply), flags=re.S).strip()


def read_rest(reply):
    return re.split(r"\\banswer\\b[*_\\s]*(?:is\\b|:)[*_\\s]*", read_reply(reply), flags=re.I)[-1].strip()


def read_answer(reply):
    text = read_reply(reply)
    rest = read_rest(reply)
    lines = [line.strip() for line in rest.split("\\n") if line.strip()] or [""]
    line = lines[-1] if rest == text else lines[0]
    return re.sub(r"\\.$", "", re.sub(r"^[\\"'\`*]+|[\\"'\`*]+$", "", line)).strip()`;

const lists = (items: readonly string[]): string => `[${items.map((item) => quoted(item)).join(', ')}]`;

function labels(choices: readonly string[]): string {
  return `    def words(text):
        return " " + re.sub(r"[\\W_]+", " ", text.lower()).strip() + " "

    answer, labels = read_answer(reply), ${lists(choices)}
    exact = [label for label in labels if label.lower() == answer.lower()]
    said = [label for label in labels if words(label) in words(answer)]
    return (exact + said + [answer])[0].lower() == target.lower()`;
}

const letters = `    def letter(text):
        found = re.search(r"\\(([A-Za-z])\\)", text) or re.match(r"([A-Za-z])(?:[).:,\\s]|$)", text)
        return found.group(1).upper() if found else text

    return letter(read_answer(reply)) == letter(target)`;

function numbers(tolerance: number): string {
  return `    def number(text):
        found = re.search(r"[-−]?\\d[\\d,]*(?:\\.\\d+)?", text)
        return float(found.group(0).replace(",", "").replace("−", "-")) if found else None

    answer, expected = number(read_answer(reply)), number(target)
    if expected is None:
        return read_answer(reply).lower() == target.strip().lower()
    return answer is not None and abs(answer - expected) <= ${tolerance > 0 ? `${tolerance} + 1e-9` : '0'}`;
}

function lower(ignoreCase: boolean | undefined): string {
  return ignoreCase === true ? '.lower()' : '';
}

/** Python's patterns differ from JavaScript's in what is left out here. */
function regex({ pattern, ignoreCase }: Extract<ComparedMetric, { kind: 'regex' }>): string | null {
  if (pattern !== undefined && /\\[pPku]|\(\?</.test(pattern)) return null;
  const source =
    pattern === undefined ? 'target' : `${quoted(pattern)}.replace("{{target}}", re.escape(target))`;
  return `    return re.search(${source}, read_reply(reply)${ignoreCase === true ? ', re.I' : ''}) is not None`;
}

/** The body of `is_right(reply, target)`; null for what takes more than a few lines of Python. */
function bodyOf(metric: Task['metric'], choices: readonly string[]): string | null {
  switch (metric.kind) {
    case 'exact':
      return `    return read_answer(reply)${lower(metric.ignoreCase)} == target.strip()${lower(metric.ignoreCase)}`;
    case 'contains':
      return `    words = r"(?<!\\w)" + re.escape(target) + r"(?!\\w)"
    return re.search(words, read_reply(reply)${metric.ignoreCase === true ? ', re.I' : ''}) is not None`;
    case 'starts-with':
      return `    return read_rest(reply)${lower(metric.ignoreCase)}.startswith(target.strip()${lower(metric.ignoreCase)})`;
    case 'regex':
      return regex(metric);
    case 'yes-no':
      return labels(metric.labels);
    case 'label':
      return labels(choices);
    case 'multiple-choice':
      return letters;
    case 'number':
      return numbers(metric.tolerance ?? 0);
    case 'list':
    case 'token-f1':
    case 'rouge-l':
    case 'levenshtein':
    case 'json':
    case 'judge':
    case 'javascript':
    case 'self-consistency':
      return null;
  }
}

/** Functions of Python with `metric` as the last, in need of `import re`; null where it cannot be put into a few lines. */
export function dspyMetric({ metric, choices }: Task): string | null {
  const body = bodyOf(metric, choices);
  if (body === null) return null;
  const needed = metric.kind === 'contains' && metric.all === true ? 'all' : 'any';
  return `${readers}


def is_right(reply, target):
${body}


def metric(example, prediction, trace=None):
    """For dspy.Evaluate and DSPy's optimizers. example.alternatives: further right answers, a list, if there are any."""
    targets = [example.answer, *getattr(example, "alternatives", [])]
    return ${needed}(is_right(prediction.answer, target) for target in targets)`;
}
