/** Numbers in digits and in words, in Python: `is_right(reply, target)` and what it reads them with. */
import { numberDenialPattern } from '../../core/evaluate/mention.ts';
import { numeralPattern } from '../../core/evaluate/metrics/number.ts';
import { digitWords, scales, wordValues } from '../../core/evaluate/number-words.ts';
import { pythonPattern } from './python-pattern.ts';

const reading = String.raw`NUMERAL = ${pythonPattern(numeralPattern)}
DENIED = ${pythonPattern(numberDenialPattern)}
VALUES = ${JSON.stringify(Object.fromEntries(wordValues))}
SCALES = ${JSON.stringify(scales)}
WORD = "|".join([*VALUES, "hundred", *SCALES])
IN_WORDS = re.compile(
    r"\b(minus\s+|negative\s+)?((?:" + WORD + r")(?:(?:[\s-]+and)?[\s-]+(?:" + WORD + r"))*)"
    r"(?:\s+point((?:\s+(?:${digitWords.join('|')}))+))?\b",
    re.I,
)


def in_digits(match):
    if match.re is NUMERAL:
        digits = re.sub(r"[,$€£¥]|\s(?!\d+/)|(?<=/)\s", "", match.group())
        return re.sub(r"^--", "-", digits.replace("−", "-"))
    sign, whole, decimals = match.groups()
    total, group = 0, 0
    for name in re.split(r"[\s-]+", whole.lower()):
        if name in SCALES:
            total, group = total + max(group, 1) * SCALES[name], 0
        else:
            group = max(group, 1) * 100 if name == "hundred" else group + VALUES.get(name, 0)
    behind = "." + "".join(str(VALUES[name]) for name in decimals.lower().split()) if decimals else ""
    return ("-" if sign else "") + str(total + group) + behind


def numbers_in(text):
    """All numbers of a text but those denied: "42 (not 43)"."""
    found = list(NUMERAL.finditer(text)) or list(IN_WORDS.finditer(text))
    kept, was_denied, end = [], False, 0
    for match in found:
        is_joined = was_denied and re.search(r"^[,\s]*n?or\s+[$€£¥]?$", text[end : match.start()], re.I)
        was_denied = bool(DENIED.search(text[: match.start()].replace("’", "'")) or is_joined)
        kept += [] if was_denied else [in_digits(match)]
        end = match.end()
    return kept


def read_number(line, is_marked):
    line = re.sub(r"\\\$", "$", re.sub(r"\{,\}|\\,", ",", line))
    result = line[line.rfind("=") + 1 :]
    if not is_marked:
        return (numbers_in(result)[:1] if "=" in line else []) + numbers_in(line)[-1:]
    is_equation = re.match(r"[\s\d.,+\-−*/×÷·^()\[\]$%]*=|\s*[a-z]\w?\s*=", line, re.I)
    text = result if is_equation else line
    return numbers_in(re.split(r"[.!?;]\s", text)[0]) + numbers_in(text)


def value_of(text):
    text = text.strip().replace("−", "-")
    parts = re.match(r"(-?)(?:(\d+)\s+)?(\d+)\s*/\s*(\d+)$", text)
    if parts is not None and int(parts.group(4)) > 0:
        value = int(parts.group(2) or 0) + int(parts.group(3)) / int(parts.group(4))
        return -value if parts.group(1) else value
    digits = re.sub(r"[,\s$€£¥%]", "", text)
    return float(digits) if re.match(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$", digits, re.I) else None`;

export function numberInPython(tolerance: number): string {
  return String.raw`${reading}


def is_right(reply, target):
    expected = value_of(target)
    if expected is None:
        return is_text(reply, target)
    answer = first_of(lambda line, is_marked: (read_number(line, is_marked) or [None])[0], reply, False)
    points = re.match(r"(\d+)/(?:5|10|100)$", answer or "")  # "9/10" may be nine points
    values = [value_of(answer)] if answer else []
    values += [float(points.group(1))] if points and expected == int(expected) else []
    slack = ${tolerance > 0 ? `${tolerance} + 1e-9 * max(1, abs(expected))` : '0'}
    return any(value is not None and abs(value - expected) <= slack for value in values)`;
}
