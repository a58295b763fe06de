/** Where a prompt has its headings, so that they can be set like some; every character stays in its place. */

export interface TextPiece {
  readonly isHeading: boolean;
  /** Without the marks around it, where it is a heading. */
  readonly text: string;
}

/** Around a heading, as the meta-instruction asks for them. */
export const headingMark = '###';

/** A line of its own between two marks. */
const headingLine = /^###([^#\n]+)###$/m;

/** Joined, with the marks put back around headings, this is the text to the letter. */
export function headingLines(text: string): TextPiece[] {
  return text
    .split(headingLine)
    .map((piece, index) => ({ isHeading: index % 2 === 1, text: piece }))
    .filter((piece) => piece.text !== '');
}
