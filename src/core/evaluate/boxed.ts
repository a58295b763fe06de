/** LaTeX's `\boxed{…}`, in which models trained on mathematics give every answer. */

/** The brace that closes the one at `from`; `\{` and `\}` are text. */
function closingBrace(text: string, from: number): number {
  let depth = 0;
  for (let i = from; i < text.length; i += 1) {
    if (text[i] === '\\') i += 1;
    else if (text[i] === '{') depth += 1;
    else if (text[i] === '}') depth -= 1;
    if (depth === 0) return i;
  }
  return -1;
}

/** A box full of brackets, to the end of its line: there the braces are the answer and need not be balanced. */
function bracketsAt(text: string, open: number): string | null {
  const end = text.indexOf('\n', open);
  const line = text.slice(open + 1, end < 0 ? undefined : end);
  const found = /^\\text\{([\s()[\]{}<>,\\]+)\}(?=\})/.exec(line) ?? /^([\s()[\]{}<>,\\]+)(?=\})/.exec(line);
  return found?.[1] ?? null;
}

const unwrapText = (text: string): string =>
  text.replace(/\\(?:text|textbf|mathrm|mathbf)\{([^{}]*)\}/g, '$1').replace(/\\([{}])/g, '$1');

/** What stands in the box at `start`; one that was not closed runs to the end. */
export function boxedAt(text: string, start: number): string {
  const open = start + '\\boxed'.length;
  const close = closingBrace(text, open);
  const inner = text.slice(open + 1, close < 0 ? undefined : close);
  return unwrapText(bracketsAt(text, open) ?? inner);
}

/** An answer that is a box is what is in it: `$\boxed{\text{B}}$. I hope that helps.` becomes `B`. */
export function unwrapBoxed(text: string): string {
  const start = /^[\s$:*]*(?:\\[([]\s*)?\\boxed\{/.exec(text)?.[0].lastIndexOf('\\boxed{');
  if (start !== undefined) return boxedAt(text, start);
  return text.includes('\\boxed{') || text.includes('\\text')
    ? unwrapText(text).replace(/\$?\\boxed\{([^{}]*)\}\$?/g, '$1')
    : text;
}
