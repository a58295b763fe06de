/**
 * A prompt out of a file: plain text as it is, or our Markdown, out of which the fenced text is taken to the letter.
 * Where the file says which fingerprint its prompt had, the page can tell whether it was changed since.
 */
import { AppError } from '../../core/errors.ts';
import { withoutMark } from './text.ts';

export interface PromptFile {
  readonly text: string;
  /** The beginning of a SHA-256 in hexadecimal that the file or its name states; null when it states none. */
  readonly fingerprint: string | null;
}

/** Characters; a prompt is read by a model. */
const mostCharacters = 1_000_000;

function refuse(file: string, message: string): AppError {
  return new AppError('file-refused', `“${file}” ${message}`, { place: { file } });
}

const inMarkdown = /^SHA-256 of the prompt: `([0-9a-f]{64})`\r?$/m;
const inName = /sha256-([0-9a-f]{8,64})\b/;
const fenced = /^(`{3,})text\r?\n([^]*?)\r?\n\1\r?$/m;

/** @throws `file-refused` when it holds no text */
export function readPromptFile(name: string, content: string): PromptFile {
  const source = withoutMark(content);
  if (source.trim() === '') throw refuse(name, 'is empty. Expected a prompt as plain text or Markdown.');
  if (source.length > mostCharacters || source.includes('\0')) {
    throw refuse(name, 'is no prompt. Expected plain text or Markdown of at most a million characters.');
  }
  const stated = inMarkdown.exec(source)?.[1];
  const text = stated === undefined ? undefined : fenced.exec(source)?.[2];
  if (stated !== undefined && text !== undefined) return { text, fingerprint: stated };
  return { text: source, fingerprint: inName.exec(name)?.[1] ?? null };
}
