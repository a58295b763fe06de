/** What small chat models put around the text they were asked for (algorithms.md 5.3, step 3). */

const subjects =
  '(?:sentence|instruction|prompt|version|rewrite|rewording|revision|suggestion|wording|phrasing|satz|anweisung|fassung|phrase|consigne|frase|versi[oó]n|instrucci[oó]n)s?';
const adjectives =
  '(?:revised|new|improved|rewritten|updated|better|optimi[sz]ed|enhanced|modified|corrected|refined|reworded|shortened|paraphrased|clearer|überarbeitete[rns]?|verbesserte[rns]?|neue[rns]?|umformulierte[rns]?)';

/** "Revised sentence:", "**New instruction (clearer)**:", "Rewrite:", "Frase revisada:" at the start of a line. */
const label = new RegExp(
  `^[^\\p{L}\\n{[<]{0,4}(?:(?:the|my|your|a|here is the|der|die|das)\\s+)?(?:${adjectives}(?:\\s+[\\p{L}-]+){0,2}?\\s+${subjects}|${adjectives}|rewrite|revision|(?:sentence|instruction|prompt)(?:\\s+\\d+)?(?:\\s+(?:should\\s+(?:be|read)|becomes|is))?|${subjects}\\s+(?:revisada|mejorada|révisée|améliorée|rivista|migliorata))\\b[^\\p{L}:\\n]{0,3}(?:\\([^)\\n]*\\))?[^\\p{L}:\\n]{0,3}\\s*:[*_\`]{0,3}[ \\t]*`,
  'iu',
);

/** A text without such a label at its start. */
export function withoutLabel(text: string): string {
  return text.replace(label, '');
}

/** The text behind the last such label that has text behind it; null when there is none. */
export function afterLabel(text: string): string | null {
  const lines = text.split('\n');
  for (let start = lines.length - 1; start >= 0; start -= 1) {
    if (!label.test(lines[start] ?? '')) continue;
    const body = withoutLabel(lines.slice(start).join('\n')).trim();
    if (body !== '') return body;
  }
  return null;
}

const interjection =
  /^(?:sure(?: thing)?|certainly|of course|okay|ok|absolutely|great|got it|understood|no problem|alright|gladly|natürlich|gerne|klar|bien sûr|claro)(?:\s*[!,.:;–—]+\s*|\s+(?=here\b))/iu;
const announcement = new RegExp(
  `^(?:here(?:['’]s| is| are| you go)|below is|this is|the following is|as requested|based on|after|to (?:improve|address|fix|avoid)|my|i (?:would|suggest|propose|recommend)|i(?:['’]ve| have)?|the|hier ist|voici|aquí está|ecco)(?!\\p{L})[^:\\n]{0,140}?\\b(?:${subjects}|${adjectives}|text|it|one)\\b[^:\\n]{0,60}:[*_]{0,2}\\s*`,
  'iu',
);
const bareAnnouncement = /^here(?:['’]s|(?: it)? is| you go)?\s*:\s*/iu;

/** Takes away "Sure!", "Here is the revised sentence:" and the like; a few may follow each other. */
export function dropPreambles(text: string): string {
  let rest = text.trimStart();
  for (let round = 0; round < 4; round += 1) {
    for (const pattern of [interjection, announcement, bareAnnouncement]) rest = rest.replace(pattern, '');
    rest = rest.trimStart();
  }
  return rest;
}

const talkLine =
  /^(?:i (?:have|revised|rewrote|changed|would|will|think|understand|see)\b|i['’](?:ve|ll|d|m)\b|let me\b|thank(?:s| you)\b|happy to\b|as requested\b|after (?:analy[sz]|compar|review)|comparing\b|looking at\b|based on\b|the (?:model|failed|failure|failing|errors?|mistakes?|cases?)\b|ich habe\b)/iu;

/** Whether a line is talk that leads up to the text, not the text. */
export function isPreambleLine(line: string): boolean {
  const rest = dropPreambles(line.replace(/^[^\p{L}\p{N}"“„«'‘{<([]+/u, ''));
  if (rest.trim() === '' || talkLine.test(rest)) return true;
  return /:\W*$/u.test(rest) && new RegExp(`\\b(?:${subjects}|${adjectives}|original)\\b`, 'iu').test(rest);
}

const noteOpenings =
  "(?:explanation|rationale|reasoning|justification|changes(?: made)?|key (?:changes|improvements)|why this|erklärung|begründung|änderungen|explication|explicación)\\b\\s*\\**:|note:?\\s+(?:this|that this|i|the (?:revised|new|rewritten))\\b|this (?:revision|revised|version|change|rewrite|rewritten|new (?:sentence|version|instruction)|sentence (?:is|now|makes)|makes (?:it|the (?:instruction|sentence|prompt)))\\b|i(?:['’]ve| have)? (?:changed|revised|added|made|replaced|removed|kept|rewrote|clarified|included)\\b|the (?:revised|rewritten|new|improved|updated) (?:sentence|version|instruction|prompt|text)\\b|let me know\\b|(?:i )?hope this\\b|feel free\\b|in this (?:version|revision)\\b|diese (?:änderung|fassung|version)\\b|ich habe\\b";
const noteLine = new RegExp(`^[^\\p{L}\\n]{0,4}(?:${noteOpenings})`, 'iu');
const noteBehind = new RegExp(`([.!?:"”'’)*\`])\\s+[([*_–—-]{0,3}(?:${noteOpenings})[\\s\\S]*$`, 'iu');

/** Takes away what the model says about its text behind the text. */
export function dropNotes(text: string): string {
  const lines = text.split('\n');
  const end = lines.findIndex((line, index) => index > 0 && noteLine.test(line));
  const kept = end < 0 ? text : lines.slice(0, end).join('\n');
  return kept.replace(noteBehind, '$1').trimEnd();
}
