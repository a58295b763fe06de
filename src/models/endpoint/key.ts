/** The key of a server, as people paste it and as it is sent: in a header, which holds Latin-1 and nothing else. */
import { AppError } from '../../core/errors.ts';

/** Spaces, and what looks like nothing at all. */
const around = /^[\s\u200b-\u200f\u2060\ufeff]+|[\s\u200b-\u200f\u2060\ufeff]+$/g;

/** @throws AppError `invalid-option` that names the character which no key can hold */
export function cleanKey(pasted: string): string {
  const key = pasted.replaceAll(around, '');
  const characters = Array.from(key);
  const at = characters.findIndex((character) => !isSendable(character));
  if (at < 0) return key;
  const character = characters[at] ?? '';
  throw new AppError(
    'invalid-option',
    `The key cannot be right: its character number ${at + 1} is ${inWords(character)}, and keys consist of plain letters, digits and signs. Copy it again where it was made.`,
  );
}

function isSendable(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return (code >= 0x21 && code <= 0x7e) || (code >= 0xa1 && code <= 0xff);
}

/** “…” (U+2026); what cannot be seen by its number alone. */
function inWords(character: string): string {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  if (character === ' ') return 'a space';
  return /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(character) ? `“${character}” (${code})` : code;
}
