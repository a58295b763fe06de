/** What is compared as a list or as a text, in Python: `is_right(reply, target)`, or `score(reply, target)` in [0, 1]. */
import { quoted } from './literals.ts';

const itemsInPython = String.raw`def without_lead(line):
    return re.sub(r"^[^:\n]*[^:\d\s]\s*:\s+(?=\S)", "", line)`;

const listItems = String.raw`BULLET = re.compile(r"(?:[-*•]|\d{1,3}[.)])\s+")


def is_prose(line):
    return bool(re.search(r"""[\w)\]"'][.!?]\s+[^\W\d_]""", line) or re.search(r":\s", without_lead(line)))


def is_sentence(line):
    return is_prose(line) or bool(re.search(r"[.!?:]$", line))


def bullets_of(lines, is_marked):
    """Bulleted lines belong together: those from the mark on, or the last ones before some closing words."""
    lines = list(lines)
    while not is_marked and lines and not BULLET.match(lines[-1]) and is_sentence(lines[-1]):
        lines.pop()
    block = []
    for line in lines if is_marked else lines[::-1]:
        if not BULLET.match(line):
            break
        block.append(plain(BULLET.sub("", line, count=1)))
    return block if is_marked else block[::-1]


def list_of(reply):
    own = lines_of(reply.marked[0]) if reply.marked else reply.lines
    bullets = bullets_of(own, bool(reply.marked))
    if len(bullets) > 1:
        return ", ".join(bullets)
    if reply.marked:
        return plain(own[0])
    if not is_prose(reply.last):
        return plain(without_lead(unframed(reply.last)))
    return plain(reply.first) if len(own) > 1 and not is_sentence(reply.first) else ""


def items_of(text, separator):
    """Items are what the expected answer separates: by commas and the like, or else by spaces too."""
    text = re.sub(r"^[\[({](.*)[\])}]\.?$", r"\1", flat(text.replace("\n", ", ")))
    text = re.sub(r",\s*and\s+(?=[^,\s])", ", ", text, flags=re.I)
    return [item for item in (plain(item).lower() for item in re.split(separator, text)) if item]


def lists_of(reply, target):
    separator = r"\s*[,;\n|<>]\s*|\s*(?:->|→)\s*"
    separator = separator if re.search(separator, target.strip()) else separator + r"|\s+"
    said = list_of(Reply(reply))
    return [items_of(text, separator) for text in (said, first_sentence(said))], items_of(target, separator)`;

export function listInPython(ordered: boolean): string {
  const compared = ordered
    ? String.raw`def is_right(reply, target):
    answers, expected = lists_of(reply, target)
    return is_text(reply, target) if not expected else expected in answers`
    : String.raw`def score(reply, target):
    """F1 of two sets: part of them is part of a score."""
    answers, expected = lists_of(reply, target)
    if not expected:
        return float(is_text(reply, target))
    return max(2 * len(set(answer) & set(expected)) / (len(set(answer)) + len(set(expected))) for answer in answers)`;
  return `${itemsInPython}\n\n\n${listItems}\n\n\n${compared}`;
}

export const bracketsInPython = String.raw`${itemsInPython}


def only_brackets(text):
    """Nothing but brackets and what parts them; reasoning about brackets is no answer."""
    is_only = re.match(r"""[()\[\]{}<>\s,.;'"\x60]+$""", text)
    return re.sub(r"[^()\[\]{}<>]", "", text) if is_only else ""


def brackets_of(reply):
    if not reply.marked:
        return only_brackets(without_lead(unframed(reply.last))) or only_brackets(reply.first)
    line = lines_of(reply.marked[0])[0]
    leading = re.match(r"""["'\x60\s]*([()\[\]{}<>](?:[\s,]*[()\[\]{}<>])*)""", line)
    return only_brackets(line) or (only_brackets(leading.group(1)) if leading else "")


def is_right(reply, target):
    expected = re.sub(r"[^()\[\]{}<>]", "", target)
    return brackets_of(Reply(reply)) == expected if expected else is_text(reply, target)`;

const lower = (ignoreCase: boolean | undefined): string => (ignoreCase === true ? '.lower()' : '');
const flag = (ignoreCase: boolean | undefined): string => (ignoreCase === true ? ', re.I' : '');

export function exactInPython(ignoreCase: boolean | undefined): string {
  const cased = lower(ignoreCase);
  return String.raw`def is_right(reply, target):
    line = answer_line(Reply(reply))
    return plain(target)${cased} in (plain(line)${cased}, first_sentence(line)${cased})`;
}

export function containsInPython(ignoreCase: boolean | undefined): string {
  return String.raw`def is_right(reply, target):
    words = r"(?<![^\W_])" + re.escape(flat(target)) + r"(?![^\W_])"
    return re.search(words, flat(said(reply))${flag(ignoreCase)}) is not None`;
}

export const textInPython = String.raw`def text_of(reply):
    """All of what stands behind the mark, or of the reply."""
    return "\n".join(lines_of(reply.marked[0]) if reply.marked else reply.lines)`;

export function startsWithInPython(ignoreCase: boolean | undefined): string {
  return String.raw`def is_right(reply, target):
    """ "no" does not open "nothing"."""
    words = re.escape(flat(target)) + (r"(?![^\W_])" if re.search(r"[^\W_]$", flat(target)) else "")
    return re.match(words, flat(text_of(Reply(reply)))${flag(ignoreCase)}) is not None`;
}

/** Null for patterns that Python's would read otherwise. */
export function regexInPython(pattern: string | undefined, ignoreCase: boolean | undefined): string | null {
  if (pattern !== undefined && /\\[pPku]|\(\?</.test(pattern)) return null;
  const source =
    pattern === undefined ? 'target' : `${quoted(pattern)}.replace("{{target}}", re.escape(target))`;
  return String.raw`def is_right(reply, target):
    return re.search(${source}, "\n".join(lines_of(said(reply)))${flag(ignoreCase)}) is not None`;
}

export const tokenF1InPython = String.raw`def tokens(text):
    text = re.sub(r"[^\w\s]|_", "", unicodedata.normalize("NFKC", text).lower())
    return re.sub(r"\b(?:a|an|the)\b", " ", text).split()


def score(reply, target):
    """Token F1 as in SQuAD."""
    given, expected = tokens(text_of(Reply(reply))), tokens(target)
    if not given or not expected:
        return float(len(given) == len(expected))
    shared = sum(min(given.count(token), expected.count(token)) for token in set(given))
    return 2 * shared / (len(given) + len(expected))`;

export const rougeLInPython = String.raw`def tokens(text):
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).lower())


def score(reply, target):
    """ROUGE-L: the longest common subsequence of words, as an F-measure."""
    given, expected = tokens(text_of(Reply(reply))), tokens(target)
    if not expected:
        return float(is_text(reply, target))
    row = [0] * (len(expected) + 1)
    for token in given:
        diagonal = 0
        for place, other in enumerate(expected, 1):
            above = row[place]
            row[place] = diagonal + 1 if token == other else max(above, row[place - 1])
            diagonal = above
    return 2 * row[-1] / (len(given) + len(expected))`;

export function levenshteinInPython(ignoreCase: boolean | undefined): string {
  const cased = lower(ignoreCase);
  return String.raw`def score(reply, target):
    """1 minus the edit distance per character."""
    given, expected = plain(text_of(Reply(reply)))${cased}, plain(target)${cased}
    row = list(range(len(expected) + 1))
    for number, letter in enumerate(given, 1):
        diagonal, row[0] = row[0], number
        for place, other in enumerate(expected, 1):
            replaced = diagonal + (letter != other)
            diagonal, row[place] = row[place], min(replaced, row[place] + 1, row[place - 1] + 1)
    return 1 - row[-1] / max(len(given), len(expected), 1)`;
}

export function jsonInPython(
  weights: Readonly<Record<string, number>> | undefined,
  ignoreCase: boolean | undefined,
): string {
  const asked =
    weights === undefined
      ? '{name: 1 for name in expected}'
      : `{${Object.entries(weights)
          .map(([name, weight]) => `${quoted(name)}: ${weight}`)
          .join(', ')}}`;
  return String.raw`def parse(text):
    try:
        value = json.loads(text)
        return value if isinstance(value, dict) else None
    except ValueError:
        return None


def last_object(text):
    found, start = None, text.find("{")
    while start >= 0:
        try:
            found, end = json.JSONDecoder().raw_decode(text, start)
        except ValueError:
            end = start + 1
        start = text.find("{", end)
    return found


MISSING = object()


def at(value, path):
    """ "a.b": the field b within the field a."""
    if not isinstance(value, dict) or path in value:
        return value[path] if isinstance(value, dict) else MISSING
    name, _, rest = path.partition(".")
    return at(value.get(name), rest) if rest else MISSING


def form(value):
    """Numbers are the same as texts that write them; lists are in order."""
    if isinstance(value, dict):
        return {name: form(own) for name, own in value.items()}
    if isinstance(value, list):
        return [form(own) for own in value]
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value if value is None or value is MISSING else flat(str(value))${lower(ignoreCase)}


def score(reply, target):
    """The share of the expected fields that are right, by weight."""
    expected, read = parse(target), Reply(reply)
    texts = ["\n".join(lines_of(rest)) for rest in read.marked] + ["\n".join(read.lines)]
    given = next((found for found in map(last_object, texts) if found is not None), {})
    weights = ${asked} if expected else {}
    asked = {path: weight for path, weight in weights.items() if weight > 0 and at(expected, path) is not MISSING}
    if not asked:
        return float(is_text(reply, target))
    right = [path for path in asked if form(at(given, path)) == form(at(expected, path))]
    return sum(asked[path] for path in right) / sum(asked.values())`;
}
