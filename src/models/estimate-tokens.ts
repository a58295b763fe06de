/**
 * Tokens of a text where no tokenizer can be asked: half a one per ASCII character and two per any other, which is
 * more than byte-level tokenizers of language models make of text.
 */
export function estimateTokens(text: string): number {
  let tokens = 0;
  for (const character of text) tokens += character < '\u0080' ? 0.5 : 2;
  return Math.ceil(tokens);
}
