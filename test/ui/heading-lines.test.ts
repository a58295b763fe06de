import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { headingLines, headingMark } from '../../src/ui/state/heading-lines.ts';

const joined = (text: string): string =>
  headingLines(text)
    .map((piece) => (piece.isHeading ? headingMark + piece.text + headingMark : piece.text))
    .join('');

describe('headings within a prompt', () => {
  it('are found where they have a line of their own', () => {
    expect(headingLines('###Task type###\nCount.\n###Tips###')).toEqual([
      { isHeading: true, text: 'Task type' },
      { isHeading: false, text: '\nCount.\n' },
      { isHeading: true, text: 'Tips' },
    ]);
    expect(headingLines('Say ###no### now.')).toEqual([{ isHeading: false, text: 'Say ###no### now.' }]);
  });

  it('leave every character in its place', () => {
    const part = fc.constantFrom('###', '#', 'Task', '\n', ' ', '日本', '\r\n');
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        expect(joined(parts.join(''))).toBe(parts.join(''));
      }),
    );
  });
});
