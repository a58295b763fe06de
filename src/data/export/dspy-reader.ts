/** How a reply is read, as Python for DSPy: the same rules as in `promptfoo-reader.ts`, step by step. */
import {
  fieldPattern,
  markPattern,
  refusalPattern,
  talkPattern,
} from '../../core/evaluate/answer-segment.ts';
import { jointPattern, negationPattern } from '../../core/evaluate/mention.ts';
import {
  breakPattern,
  conclusionPattern,
  endPattern,
  farewellPattern,
} from '../../core/evaluate/unmarked-segments.ts';
import { pythonPattern } from './python-pattern.ts';

export const saidInPython = String.raw`def said(reply):
    """What the reply says, without reasoning, emphasis and an invented next question."""
    text = re.sub(r"\r\n?", "\n", str(reply))
    text = re.sub(r"<(think|thinking|thought|reasoning)>[\s\S]*?(?:</\1>|$)", "", text, flags=re.I)
    text = re.sub(r"^[\s\S]*</(?:think|thinking|thought|reasoning)>", "", text, flags=re.I)
    ends = r"<\|[^|<>\n]{1,40}\|>|</s>|\n[ \t>#*_]*(?:Q|Question|Input)[ \t]*\d{0,3}[*_]*:"
    text = re.sub(r"(\S\s*?)(?:" + ends + r")[\s\S]*", r"\1", text, count=1, flags=re.I)
    text = re.sub(r"\*{2,3}([^*\n]+)\*{2,3}", r"\1", text)
    return re.sub(r"\x60([^\x60\n]+)\x60", r"\1", text).strip()


def lines_of(text):
    return [line.strip() for line in text.split("\n") if line.strip()]


def flat(text):
    text = unicodedata.normalize("NFKC", text)
    return re.sub(r"\s+", " ", re.sub("[‘’]", "'", re.sub("[“”]", '"', text))).strip()


def plain(text):
    text = re.sub(r"""^["'\x60*$]+|["'\x60*$]+$""", "", flat(text))
    return re.sub(r"""["'\x60*$]+$""", "", re.sub(r"(?<![.\s])\s*\.$", "", text)).strip()


def first_sentence(text):
    return plain(re.split(r"(?<=[.!?])\s+(?=[A-ZÀ-ÖØ-Þ])", text)[0])`;

export const marksInPython = String.raw`MARK = ${pythonPattern(markPattern)}
FIELD = ${pythonPattern(fieldPattern)}
TALK = ${pythonPattern(talkPattern)}
REFUSAL = ${pythonPattern(refusalPattern)}
FAREWELL = ${pythonPattern(farewellPattern)}


def unboxed(text):
    text = re.sub(r"\\(?:text|textbf|mathrm|mathbf)\{([^{}]*)\}", r"\1", text)
    text = re.sub(r"\{,\}|\\,", ",", text)
    text = re.sub(r"^[\s$:*]*(?:\\[(\[]\s*)?\\boxed\{([^{}]*)\}[\s\S]*", r"\1", text)
    return re.sub(r"\$?\\boxed\{([^{}]*)\}\$?", r"\1", text)


def behind(pattern, text):
    """What stands behind every match, the last one first; of a JSON object the value of the field."""
    found = []
    for match in re.finditer(pattern, text):
        rest = text[match.end():]
        field = FIELD.match(rest) if re.search(r"""["']\s*:$""", match.group()) else None
        if field is not None:
            found.append(next(group for group in field.groups() if group is not None))
        else:
            found.append(re.sub(r"^[*_]+", "", re.sub(r"^[\s:]*as follows:?", "", rest, flags=re.I)))
    return found[::-1]


def is_remark(line):
    note = re.search(r"^\W*(?:please\s+)?note(?:\s*:|\s+that\b)", line, re.I)
    return bool(FAREWELL.search(line) or (note and not re.search(r"\b(?:so|thus|therefore|hence)\b", line, re.I)))


class Reply:
    """marked: what stands behind a mark ("Answer:"), the last one first, up to one that takes the answer back.
    lines: where an answer without a mark stands, up to closing remarks."""

    def __init__(self, reply):
        self.said = said(reply)
        tagged = [re.split(r"</?answer>", rest, flags=re.I)[0] for rest in behind(r"(?i)<answer>", self.said)]
        boxed = ["\\boxed" + rest for rest in behind(r"\\boxed(?=\{)", self.said)]
        marked = [unboxed(rest) for rest in tagged + behind(MARK, self.said) + behind("#### ", self.said) + boxed]
        marked = [rest for rest in marked if re.search(r"[^\s.:]", rest) and not TALK.search(rest)]
        refused = [place for place, rest in enumerate(marked) if REFUSAL.search(lines_of(rest)[0])]
        self.is_refused = bool(refused)
        self.marked = marked[: refused[0] + 1] if refused else marked
        rest = lines_of(self.marked[0])[1:] if self.marked else lines_of(self.said)
        kept = list(rest)
        while kept and is_remark(kept[-1]):
            kept.pop()
        sentences = [" ".join(s for s in re.split(r"(?<=[.!?])\s+", line) if not is_remark(s)) for line in rest]
        self.lines = kept or [line for line in sentences if line]
        self.first, self.last = (self.lines[0], self.lines[-1]) if self.lines else ("", "")`;

export const lineInPython = String.raw`def unframed(line):
    line = re.sub(r"^(?:so|thus|therefore|hence),?\s+(?=.*\s(?:is|are)\s+the\s)", "", line, flags=re.I)
    ends = r"\s(?:is|are)\s+the\s+(?:(?:correct|final|right|best)\s+)?(?:answer|order|list|sequence)[.!]?$"
    return re.sub(ends, "", line, flags=re.I)


def answer_line(reply):
    """The line that is the answer: the first behind a mark, else the last, or one that a longer explanation follows."""
    if reply.marked:
        return lines_of(reply.marked[0])[0]
    is_short = len(reply.first.split()) <= 5 and not re.search(r"[:,]$", reply.first)
    return reply.first if is_short and len(reply.last.split()) > 8 else unframed(reply.last)


def is_text(reply, target):
    line = answer_line(Reply(reply))
    return plain(target).lower() in (plain(line).lower(), first_sentence(line).lower())`;

export const partsInPython = String.raw`ENDS = ${pythonPattern(endPattern)}
BREAKS_OFF = ${pythonPattern(breakPattern)}
CONCLUSION = ${pythonPattern(conclusionPattern)}


def opening(lines):
    """What a reply opens with when it is short: "No, because …"."""
    line = lines[0] if lines else ""
    clause = re.match(r"[^.,:;!—–]*", line).group().strip()
    is_other = re.match(r"[-*•]\s|\d{1,3}[.)]\s|[^.,:;!—–]*:", line) or len(clause.split()) > 3
    return [] if is_other else [(clause, True)]


def parts_of(reply, may_lead):
    """Where the answer may stand, best first, and whether it was announced there. A reply may have been cut."""
    parts = [(lines_of(rest)[0], True) for rest in reply.marked]
    parts += opening(reply.lines) if may_lead else []
    is_cut = len(reply.last.split()) > 12 and not ENDS.search(reply.last)
    ending = "" if BREAKS_OFF.search(reply.last) else " ".join(reply.last.split()[-3:])
    parts.append((ending if is_cut else reply.last, False))
    parts += [] if is_cut else [(line, False) for line in reply.lines[-2::-1] if CONCLUSION.search(line)]
    short = [line for line in (reply.lines[:1] if is_cut else reply.lines[::-1]) if len(line.split()) <= 3]
    parts += [(line, True) for line in short if not re.search(r"^\d+[.)]\s|:$", line)]
    return parts + (opening(lines_of(reply.said)) if may_lead and reply.marked and not reply.is_refused else [])


def first_of(read, reply, may_lead):
    found = (read(line, is_marked) for line, is_marked in parts_of(Reply(reply), may_lead))
    return next((answer for answer in found if answer is not None), None)`;

export const mentionsInPython = String.raw`NEGATION = ${pythonPattern(negationPattern)}
JOINT = ${pythonPattern(jointPattern)}


def mentions(line, pattern):
    """Answers named in a line: name, start, end, and whether it is denied ("not TECH")."""
    return [
        (match.group(match.lastindex or 0), match.start(), match.end(),
         bool(NEGATION.search(line[: match.start()].replace("’", "'"))))
        for match in re.finditer(pattern, line)
    ]


def choose(line, found, is_marked):
    """Of (label, start, end, denied) the one that counts: behind a mark the first, else the last; "A or B" is none."""
    row, others, has_word = (found if is_marked else found[::-1]), 0, False
    while others + 1 < len(row) and row[others][0] != row[others + 1][0]:
        one, two = sorted(row[others : others + 2], key=lambda mention: mention[1])
        between = JOINT.search(line[one[2] : two[1]])
        if between is None:
            break
        has_word, others = has_word or between.group(1) is not None, others + 1
    is_at_end = bool(row) and re.search(r"^\W*$", line[row[others if is_marked else 0][2] :])
    return None if not row or (others > 0 and (has_word or is_at_end or others > 1)) else row[0]`;
