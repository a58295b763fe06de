/**
 * Spreadsheets run a cell that begins with `=`, `+`, `-` or `@` as a formula (CSV injection, OWASP). An apostrophe
 * before it keeps it text; reading takes the apostrophe away again, so that nothing is lost on the way.
 */
const formula = /^'*[=+\-@\t\r]/;
const guarded = /^'+[=+\-@\t\r]/;

export function guardFormula(cell: string): string {
  return formula.test(cell) ? `'${cell}` : cell;
}

export function unguardFormula(cell: string): string {
  return guarded.test(cell) ? cell.slice(1) : cell;
}

/** False where no cell of a text can have one: then none of them need be looked at. */
export function mayHoldGuards(text: string): boolean {
  return /'[=+\-@\t\r]/.test(text);
}
