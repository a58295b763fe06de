import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChoiceWalk } from '../../../src/models/webllm/choice-walk.ts';
import { createVocabulary, utf8 } from '../../../src/models/webllm/vocabulary.ts';

const stop = 0;
/** Sorted by their numbers: 0 ends a reply, 1 to 256 are single bytes, then some longer ones. */
const spelled = ['<|end|>', ...singleBytes(), 'bill', 'billing', 'ing', 'deli', 'very', 'Ġnow', 'RÃ¼ck'];
const vocabulary = createVocabulary(spelled, 'byte_level');
const token = (spelling: string): number => spelled.indexOf(spelling);

function singleBytes(): string[] {
  const printable = (byte: number): boolean => (byte > 32 && byte < 127) || (byte > 160 && byte !== 173);
  let others = 0;
  return Array.from({ length: 256 }, (_, byte) =>
    String.fromCodePoint(printable(byte) ? byte : 256 + others++),
  );
}

function spellingsOf(walk: ChoiceWalk): (string | undefined)[] {
  return walk.allowed([stop]).map((allowed) => spelled[allowed]);
}

describe('the way to one of the choices', () => {
  it('begins with any beginning of any choice', () => {
    expect(spellingsOf(new ChoiceWalk(['billing', 'delivery'], vocabulary))).toEqual([
      'b',
      'd',
      'bill',
      'billing',
      'deli',
    ]);
  });

  it('goes on only towards choices that are still possible, and ends where one is complete', () => {
    const walk = new ChoiceWalk(['bill', 'billing', 'delivery'], vocabulary);
    walk.take(token('bill'));
    expect(spellingsOf(walk)).toEqual(['<|end|>', 'i', 'ing']);
    walk.take(token('ing'));
    expect(spellingsOf(walk)).toEqual(['<|end|>']);
  });

  it('knows tokens that end within a letter, and spaces', () => {
    const walk = new ChoiceWalk(['Rück now'], vocabulary);
    expect(spellingsOf(walk)).toEqual(['R', 'RÃ¼ck']);
    walk.take(token('R'));
    expect(spellingsOf(walk)).toEqual(['Ã']);
    for (const next of ['Ã', '¼', 'c', 'k']) walk.take(token(next));
    expect(spellingsOf(walk)).toEqual(['Ġ', 'Ġnow']);
  });

  it('fails where no token leads on, instead of writing something else', () => {
    const poor = createVocabulary(['<|end|>', 'b'], 'byte_level');
    expect(() => new ChoiceWalk(['delivery'], poor).allowed([stop])).toThrow('No token leads on');
  });

  it('always ends in exactly one of the choices, whatever is taken', () => {
    const choices = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 6, unit: 'grapheme' }), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(choices, fc.array(fc.nat(), { minLength: 60, maxLength: 60 }), (choices, picks) => {
        const walk = new ChoiceWalk(choices, vocabulary);
        let written = '';
        for (const pick of picks) {
          const allowed = walk.allowed([stop]);
          const next = allowed[pick % allowed.length] ?? stop;
          if (next === stop) break;
          written += vocabulary.bytesOf(next);
          walk.take(next);
        }
        const isOnItsWay = choices.some((choice) => utf8(choice).startsWith(written));
        expect(isOnItsWay).toBe(true);
        const canEnd = walk.allowed([stop]).includes(stop);
        expect(canEnd).toBe(choices.some((choice) => utf8(choice) === written));
      }),
    );
  });
});

describe('a vocabulary with byte fallback', () => {
  const pieces = createVocabulary(['<unk>', '▁now', '▁', '<0xC3>', '<0x0A>', 'ü'], 'byte_fallback');

  it('reads spaces and single bytes', () => {
    expect([1, 2, 3, 4, 5].map((piece) => pieces.bytesOf(piece))).toEqual([
      ' now',
      ' ',
      '\u00c3',
      '\n',
      utf8('ü'),
    ]);
    expect(pieces.beginningsOf([' now', utf8('über')])).toEqual([1, 2, 3, 5]);
  });
});
