/** What one line of a prompt is, by its own look. Markdown where people write markdown, and what models write. */

/** Lines with their terminators; concatenated they are the text. */
export function linesOf(text: string): string[] {
  return text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
}

const bullet = String.raw`[-*+•‣◦▪·][ \t]+`;
const numbered = String.raw`\(?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{2,4})[.)][ \t]+|\d{1,3}[、．][ \t]*`;
const markerPattern = new RegExp(String.raw`^[ \t]*(?:${bullet}|${numbered})(?=\S)`, 'u');

/** The bullet or step number a line starts with, white space included; empty when there is none. */
export function listMarkerOf(line: string): string {
  return markerPattern.exec(line)?.[0] ?? '';
}

/** The fence (e.g. "```") that a line opens; null when it opens none. */
export function fenceOf(line: string): string | null {
  const [, fence, info = ''] = /^[ \t]*(`{3,}|~{3,})(.*)/.exec(line) ?? [];
  if (fence === undefined) return null;
  return fence.startsWith('`') && info.includes('`') ? null : fence; // ```x``` is inline code
}

export function closesFence(line: string, fence: string): boolean {
  const mark = line.trim();
  return mark.length >= fence.length && mark === fence.charAt(0).repeat(mark.length);
}

/** `###Heading### and text` on one line: how long the heading is; 0 when there is none. */
export function inlineHeadingLength(line: string): number {
  return /^[ \t]*(#{2,6})[^#\r\n]+\1(?=[ \t]*[^#\s])/.exec(line)?.[0].length ?? 0;
}

const markdownHeading = /^[ \t]{0,3}(?:#{1,6}[ \t]|#{2,6}[^#\s]|#{1,6}$)/;
const boldLine = /^\*\*[^*]{1,60}\*\*:?$|^__[^_]{1,60}__:?$/;
const tagLine = /^<\/?[A-Za-z][\w.-]{0,40}>$/;

/**
 * "Output format:" heads what follows; "Answer the following question:" is an instruction. The second word tells
 * them apart well enough: headings are noun phrases, and instructions go on with an article or the like.
 */
function isLabelLine(line: string): boolean {
  if (!/^[^\p{Ll}\s.!?。！？][^.!?。！？{}]{0,58}[:：]$/u.test(line)) return false;
  const words = line.split(/\s+/u);
  if (words.length > 6 || (words.length === 1 && line.length > 30)) return false;
  if (/\b(?:follows|following|below)[:：]$/iu.test(line)) return false;
  return !/^\S+\s(?:the|this|these|those|that|a|an|each|every|all|your|its|one|with|in|if|which|whether)\b/iu.test(
    line,
  );
}

export function isHeadingLine(line: string): boolean {
  const text = line.trim();
  if (listMarkerOf(line) !== '') return false;
  return (
    markdownHeading.test(line.trimEnd()) || boldLine.test(text) || tagLine.test(text) || isLabelLine(text)
  );
}

/** The line under a title that makes it a heading in markdown. */
export function isUnderline(line: string): boolean {
  return /^(?:={2,}|-{2,})$/.test(line.trim());
}

/** A rule such as `---`: stands for itself, never part of a paragraph. */
export function isRule(line: string): boolean {
  return /^(?:-{3,}|\*{3,}|_{3,}|={3,})$/.test(line.trim());
}

/** Rows are data and layout; a table is kept as one piece, like code. */
export function isTableRow(line: string): boolean {
  const text = line.trim();
  return text.length > 2 && text.startsWith('|') && text.endsWith('|');
}

/** "Input: …", "Step 2: …", "Q: …": begins something new even without a blank line before it. */
export function startsLabelled(line: string): boolean {
  return /^[ \t]*(?:\*\*)?\p{Lu}[\p{L}\p{N}]*(?:[ _-][\p{L}\p{N}]+){0,2}:(?:\*\*)?[ \t]+\S/u.test(line);
}
