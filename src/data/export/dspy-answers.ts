/** The function `is_right(reply, target)` of each metric, in Python, and what it reads an answer with. */
import { synonymsOf } from '../../core/evaluate/label-pairs.ts';
import { negationPattern } from '../../core/evaluate/mention.ts';
import {
  bracketedPattern,
  denialPattern,
  leadingPattern,
  leadingWordPattern,
  namedPattern,
  praisedPattern,
  qualifiersPattern,
} from '../../core/evaluate/metrics/option-letters.ts';
import { goesOnPattern, ofAnswerPattern } from '../../core/evaluate/metrics/yes-no.ts';
import { escapePattern } from '../../core/evaluate/normalize-text.ts';
import { quoted } from './literals.ts';
import { flat } from './plain-text.ts';
import { pythonPattern } from './python-pattern.ts';

const listOf = (items: readonly string[]): string => `[${items.map((item) => quoted(item)).join(', ')}]`;
const dictOf = (entries: readonly (readonly [string, string])[]): string =>
  `{${entries.map(([key, value]) => `${quoted(key)}: ${quoted(value)}`).join(', ')}}`;

/** Whole words, the longest first: "not the same" before "same". */
function wordsPattern(words: readonly string[]): string {
  const longestFirst = words.filter((word) => word !== '').sort((a, b) => b.length - a.length);
  const source = longestFirst.map((word) => escapePattern(word).replace(/\s+/g, '\\s+')).join('|');
  return pythonPattern(new RegExp(`(?<!\\w)(?:${source})(?!\\w)`, 'i'));
}

export function labelInPython(labels: readonly string[]): string {
  return String.raw`LABELS = ${listOf(labels)}
NAMED = ${wordsPattern(labels)}


def label_of(text):
    return next((label for label in LABELS if plain(label).lower() == plain(text).lower()), None)


def read_label(line, is_marked):
    if label_of(line) is not None:
        return label_of(line)
    found = [(label_of(name), *rest) for name, *rest in mentions(line, NAMED) if not rest[-1]]
    chosen = choose(line, found, is_marked)
    return None if chosen is None else chosen[0]


def is_right(reply, target):
    answer = first_of(read_label, reply, True)
    return answer is not None and plain(answer).lower() == plain(target).lower()`;
}

/** Without knowing the others: the answer says this label, does not deny it, and offers none beside it. */
export const openLabelInPython = String.raw`NEGATION = ${pythonPattern(negationPattern)}


def is_right(reply, target):
    if is_text(reply, target):
        return True
    answer = first_sentence(answer_line(Reply(reply)))
    found = list(re.finditer(r"(?<!\w)" + re.escape(plain(target)) + r"(?!\w)", answer, re.I))
    beside = r"""\b(?:or|nor|and|than)\s+(?:[^\W\d_]+\s+)?["']?$"""
    return bool(found) and not any(
        NEGATION.search(answer[: one.start()])
        or re.search(beside, answer[: one.start()], re.I)
        or re.search(r"""^["']?\s*(?:or|nor|and)\b""", answer[one.end() :], re.I)
        for one in found
    )`;

export function yesNoInPython(pair: readonly [string, string]): string {
  const others = pair.flatMap(synonymsOf);
  const meanings = new Map(
    pair.flatMap((label) =>
      [label, ...synonymsOf(label)].map((word) => [flat(word).toLowerCase(), label] as const),
    ),
  );
  return String.raw`PAIR = ${listOf(pair)}
MEANINGS = ${dictOf([...meanings])}
OWN = ${wordsPattern(pair)}
OTHERS = ${others.length === 0 ? 'None' : wordsPattern(others)}
OF_ANSWER = ${pythonPattern(ofAnswerPattern)}
GOES_ON = ${pythonPattern(goesOnPattern)}


def is_said(line, name, end):
    """ "no way" and "the correct answer" say nothing."""
    rest = line[end:]
    is_determiner = name == "no" and re.match(r"\s+[^\W\d_]", rest) and not GOES_ON.search(rest)
    return not OF_ANSWER.search(rest) and not is_determiner


def said_in(line, pattern):
    found = [one for one in mentions(line, pattern) if is_said(line, one[0], one[2])] if pattern else []
    return [(MEANINGS[flat(name).lower()], *rest) for name, *rest in found]


def read_label(line, is_marked):
    """Other words for a label count where no label is said; "not valid" is the other one."""
    found = said_in(line, OWN)
    if not found and (is_marked or len(line.split()) <= 6):
        found = said_in(line, OTHERS)
    chosen = choose(line, found, is_marked)
    if chosen is None:
        return None
    return PAIR[1 - PAIR.index(chosen[0])] if chosen[3] else chosen[0]


def is_right(reply, target):
    if plain(target).lower() not in [label.lower() for label in PAIR]:
        return is_text(reply, target)
    return (first_of(read_label, reply, True) or "").lower() == plain(target).lower()`;
}

/** The run's pattern for a bare letter, less what Python cannot look back on ("B or A"). */
const aloneInPython = String.raw`re.compile(r"(?<![\w'’-])([B-HJ-Z]|[AI](?=\s{0,3}(?:\([^()\n]{1,60}\)\s{0,3})?(?:,|/|&|\bor\b|\band\b)[\s,]{0,3}(?:or\s|and\s)?\s{0,3}[A-Z](?![\w'’])))(?![\w'’]|-[^\W\d_])")`;

export function letterInPython(last: string, texts: ReadonlyMap<string, string>): string {
  const clear = [bracketedPattern, leadingPattern, namedPattern, praisedPattern].map(pythonPattern);
  const entries = [...texts].map(([text, letter]) => [flat(text).toLowerCase(), letter] as const);
  const otherwise =
    texts.size === 0
      ? 'None'
      : `only({TEXTS[flat(name).lower()] for name, *_ in mentions(line, ${wordsPattern([...texts.keys()])})})`;
  const textsCode =
    texts.size === 0
      ? ''
      : `\nTEXTS = ${dictOf(entries)}


def only(letters):
    return letters.pop() if len(letters) == 1 else None`;
  return String.raw`CLEAR = [
    ${clear.join(',\n    ')},
]
# A bare letter counts behind a mark only.
ALONE = [
    ${pythonPattern(leadingWordPattern)},
    ${aloneInPython},
]
DENIAL = ${pythonPattern(denialPattern)}
QUALIFIERS = ${pythonPattern(qualifiersPattern)}${textsCode}


def letters_in(line, pattern):
    """ "(A) and (B) are wrong" denies both."""
    found = []
    for name, start, end, denied in reversed([one for one in mentions(line, pattern) if one[0].upper() <= "${last}"]):
        is_next_denied = bool(found) and found[-1][3] and JOINT.search(line[end : found[-1][1]])
        found.append((name.upper(), start, end, bool(denied or DENIAL.search(line[end : end + 200]) or is_next_denied)))
    return found[::-1]


def read_letter(line, is_marked):
    line = QUALIFIERS.sub("", line)
    for pattern in CLEAR + ALONE if is_marked else CLEAR:
        found = letters_in(line, pattern)
        if found:
            chosen = choose(line, [one for one in found if not one[3]], is_marked)
            return None if chosen is None else chosen[0]
    return ${otherwise}


def letter_of(target):
    bare = re.match(r"\(?([A-Za-z])\)?$|\(([a-z])\)\s|\(?([A-Z])[).:]\s", plain(target))
    if bare is not None:
        return next(group for group in bare.groups() if group is not None).upper()
    return ${texts.size === 0 ? 'None' : 'TEXTS.get(flat(target).lower())'}


def is_right(reply, target):
    if letter_of(target) is None:
        return is_text(reply, target)
    return first_of(read_letter, reply, True) == letter_of(target)`;
}
