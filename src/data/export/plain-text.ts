/** Expected answers in the form that the exported code brings replies into. */

/** One kind of quotes, spaces and letters. */
export function flat(text: string): string {
  return text.normalize('NFKC').replace(/[‘’]/g, "'").replace(/[“”]/g, '"').replace(/\s+/g, ' ').trim();
}

/** Without what models put around an answer: quotes, emphasis, a full stop. */
export function plain(text: string): string {
  return flat(text)
    .replace(/^["'`*$]+|["'`*$]+$/g, '')
    .replace(/(?<![.\s])\s*\.$/, '')
    .replace(/["'`*$]+$/, '')
    .trim();
}
