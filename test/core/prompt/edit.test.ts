import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  insertAfter,
  lockSentence,
  moveSentence,
  removeSentence,
  replaceSentence,
} from '../../../src/core/prompt/edit.ts';
import { joinPrompt, splitPrompt } from '../../../src/core/prompt/split.ts';
import type { Sentence } from '../../../src/core/types.ts';
import { promptText } from './arbitrary-prompt.ts';

const runs = { numRuns: 1000 };
const contents = (sentences: readonly Sentence[]): string[] => sentences.map(({ content }) => content);
const ids = (sentences: readonly Sentence[]): string[] => sentences.map(({ id }) => id);

function idOf(sentences: readonly Sentence[], content: string): string {
  const found = sentences.find((sentence) => sentence.content === content);
  if (found === undefined) throw new Error(`No piece "${content}"`);
  return found.id;
}

/** A split prompt and one of its pieces (never the leading blank). */
const promptAndPiece = fc
  .tuple(promptText, fc.nat())
  .map(([text, at]) => ({ pieces: splitPrompt(text).filter(({ kind }) => kind !== 'blank'), at }))
  .filter(({ pieces }) => pieces.length > 0)
  .map(({ pieces, at }) => ({ pieces, piece: pieces[at % pieces.length] as Sentence }));

describe('replacing a sentence', () => {
  it('keeps its id and the text around it to the letter', () => {
    const pieces = splitPrompt('# Task\nSort.  Then stop.\r\n\r\nEnd.');
    const edited = replaceSentence(pieces, idOf(pieces, 'Sort.'), ' Sort them. \n');
    expect(joinPrompt(edited)).toBe('# Task\nSort them.  Then stop.\r\n\r\nEnd.');
    expect(ids(edited)).toEqual(ids(pieces));
  });

  it('by nothing removes it; of a piece that is gone changes nothing', () => {
    const pieces = splitPrompt('One. Two.');
    expect(joinPrompt(replaceSentence(pieces, 's1', ' '))).toBe('Two.');
    expect(replaceSentence(pieces, 's9', 'New.')).toEqual(pieces);
  });
});

describe('inserting a sentence', { timeout: 60_000 }, () => {
  it.each<[string, string | null, string, string]>([
    ['One. Two.', 'One.', 'New.', 'One. New. Two.'],
    ['One.', 'One.', 'New.', 'One. New.'],
    ['One.\n', 'One.', 'New.', 'One. New.\n'],
    ['One.', null, 'New.', 'New. One.'],
    ['# Task\nOne.', null, 'New.', 'New.\n# Task\nOne.'],
    ['# Task\nOne.', '# Task', 'New.', '# Task\nNew. One.'],
    ['# Task', '# Task', 'New.', '# Task\nNew.'],
    ['# A\n\n# B', '# A', 'New.', '# A\n\nNew.\n\n# B'],
    ['One.\n\n# Task\nTwo.', 'One.', 'New.', 'One. New.\n\n# Task\nTwo.'],
    ['One.\nTwo.', 'One.', 'New.', 'One.\nNew.\nTwo.'],
    ['- one\n- two', '- one', '- new', '- one\n- new\n- two'],
    ['- one.\n- two', '- one.', 'New.', '- one. New.\n- two'],
    ['One.', 'One.', '- new', 'One.\n- new'],
    ['One. Two.', 'One.', '## New', 'One.\n## New\nTwo.'],
    ['你好。世界。', '你好。', '新的。', '你好。新的。世界。'],
    ['```\nx\n```\nOne.', '```\nx\n```', 'New.', '```\nx\n```\nNew.\nOne.'],
    ['One.\r\n\r\n# B', 'One.', '- new', 'One.\r\n- new\r\n\r\n# B'],
    ['', null, 'New.', 'New.'],
  ])('into %j after %j', (text, after, content, expected) => {
    const pieces = splitPrompt(text);
    const edited = insertAfter(pieces, after === null ? null : idOf(pieces, after), content);
    expect(joinPrompt(edited)).toBe(expected);
  });

  it('gives it an id of its own, leaves all others as they are, and never runs words together', () => {
    fc.assert(
      fc.property(promptAndPiece, ({ pieces, piece }) => {
        const edited = insertAfter(pieces, piece.id, 'NEW one.');
        const added = edited.filter(({ content }) => content === 'NEW one.');
        expect(new Set(ids(edited)).size).toBe(pieces.length + 1);
        expect(
          edited.filter((each) => !added.includes(each)).map(({ id, content }) => [id, content]),
        ).toEqual(pieces.map(({ id, content }) => [id, content]));
        expect(joinPrompt(edited)).toMatch(/(?:^|\s|[。！？」])NEW one\.(?:\s|$)/u);
      }),
      runs,
    );
  });

  it('takes a heading for a heading and white space for nothing', () => {
    const pieces = splitPrompt('One.');
    expect(insertAfter(pieces, 's1', '###Tips###').at(-1)).toMatchObject({
      kind: 'heading',
      optimizable: false,
    });
    expect(insertAfter(pieces, 's1', ' \n')).toEqual(pieces);
  });
});

describe('removing a sentence', { timeout: 60_000 }, () => {
  it.each<[string, string, string]>([
    ['One. Two. Three.', 'Two.', 'One. Three.'],
    ['One. Two.', 'One.', 'Two.'],
    ['One. Two.\n', 'Two.', 'One.\n'],
    ['One. Two.\n\nThree.', 'Two.', 'One.\n\nThree.'],
    ['One.\n\nTwo.\n\nThree.', 'Two.', 'One.\n\nThree.'],
    ['One.\n\nTwo. Three.', 'Two.', 'One.\n\nThree.'],
    ['# A\nOne.\n\n# B', 'One.', '# A\n\n# B'],
    ['- one\n  - two\n- three', '  - two'.trim(), '- one\n- three'],
    ['1. Do x. Then y.\n2. Do z.', '1. Do x.', '1. Then y.\n2. Do z.'],
    ['Sort it. 你好。世界。', '你好。', 'Sort it. 世界。'],
    ['  One. Two.', 'One.', '  Two.'],
    ['One.', 'One.', ''],
  ])('from %j: %j', (text, content, expected) => {
    const pieces = splitPrompt(text);
    expect(joinPrompt(removeSentence(pieces, idOf(pieces, content)))).toBe(expected);
  });

  it('leaves no more blank than there was, and nothing glued that was apart', () => {
    fc.assert(
      fc.property(promptAndPiece, ({ pieces, piece }) => {
        const at = pieces.indexOf(piece);
        const [before, rest] = [pieces[at - 1], removeSentence(pieces, piece.id)];
        expect(ids(rest)).toEqual(ids(pieces).filter((id) => id !== piece.id));
        if (before === undefined || rest.length === at) return;
        const space = rest[at - 1]?.suffix ?? '';
        expect(space.length).toBeLessThanOrEqual(before.suffix.length + piece.suffix.length);
        expect(space === '').toBe(before.suffix === '' && piece.suffix === '');
      }),
      runs,
    );
  });
});

describe('moving a sentence', { timeout: 60_000 }, () => {
  it.each<[string, string, string | null, string]>([
    ['One. Two. Three.', 'One.', 'Two.', 'Two. One. Three.'],
    ['One. Two. Three.', 'Three.', null, 'Three. One. Two.'],
    ['- a\n- b\n- c', '- c', '- a', '- a\n- c\n- b'],
    ['# A\nOne. Two.\n\n# B\nThree.', 'Two.', 'Three.', '# A\nOne.\n\n# B\nThree. Two.'],
  ])('in %j: %j behind %j', (text, content, after, expected) => {
    const pieces = splitPrompt(text);
    const moved = moveSentence(pieces, idOf(pieces, content), after === null ? null : idOf(pieces, after));
    expect(joinPrompt(moved)).toBe(expected);
  });

  it('keeps every piece, in any prompt', () => {
    fc.assert(
      fc.property(promptAndPiece, fc.nat(), ({ pieces, piece }, to) => {
        const target = pieces[to % pieces.length] as Sentence;
        expect(ids(moveSentence(pieces, piece.id, target.id)).sort()).toEqual(ids(pieces).sort());
      }),
      runs,
    );
  });

  it('changes nothing when either piece is gone or it stays where it is', () => {
    const pieces = splitPrompt('One. Two.');
    for (const [id, after] of [
      ['s9', 's1'],
      ['s1', 's9'],
      ['s1', 's1'],
    ] as const) {
      expect(moveSentence(pieces, id, after)).toEqual(pieces);
    }
  });
});

describe('locking a sentence', () => {
  it('takes it out of the optimization, and unlocking puts it back', () => {
    const pieces = splitPrompt('# A\nOne.');
    const locked = lockSentence(pieces, 's2', true);
    expect(locked[1]).toMatchObject({ optimizable: false, locked: true });
    expect(contents(locked)).toEqual(contents(pieces));
    expect(lockSentence(locked, 's2', false)).toEqual(pieces);
    expect(lockSentence(lockSentence(pieces, 's1', true), 's1', false)).toEqual(pieces);
  });
});
