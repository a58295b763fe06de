import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLeakageIndex, leakedAnswer, wordsOfOneCase } from '../../../src/core/proposals/leakage.ts';
import { createRandom } from '../../../src/core/random.ts';
import type { FailureCase } from '../../../src/core/types.ts';

const input =
  'On Monday the old lighthouse keeper painted four of the seven doors green. How many doors are not green?';
const index = createLeakageIndex([
  { input },
  { input: 'A train leaves Kiruna at noon.' },
  { input: '[ [ ( < { } > ) ] { < ( [ ] ) > } ] ( ( < > ) { } )' },
]);

function failure(expected: string, shown = input): FailureCase {
  return { exampleId: 'e', input: shown, expected, got: '', reason: 'wrong' };
}

describe('a passage shared with the data', () => {
  it('is found from eight words on, whatever the case and punctuation', () => {
    expect(index.sharedPassage('Say: the OLD lighthouse-keeper painted; four of the!', '')).toBe(
      'the old lighthouse keeper painted four of the',
    );
    expect(index.sharedPassage('paint four of the seven doors green', '')).toBeNull();
  });

  it('is found from 40 characters on, also where there are no words', () => {
    const formula = '[ [ ( < { } > ) ] { < ( [ ] ) > } ] ( ( < > ) { } )';
    expect(index.sharedPassage(`Solve ${formula.slice(5, 45)}`, '')).not.toBeNull();
    expect(index.sharedPassage(`Solve ${formula.slice(5, 43)}`, '')).toBeNull();
  });

  it('is found when a short input is quoted whole', () => {
    expect(index.sharedPassage('Remember: a train leaves Kiruna at noon, so wait.', '')).toBe(
      'a train leaves kiruna at noon',
    );
  });

  it('is no leak when the prompt says it already', () => {
    const prompt = 'The old lighthouse keeper painted four of the doors.';
    expect(index.sharedPassage('The old lighthouse keeper painted four of them.', prompt)).toBeNull();
  });

  it('is no leak when every input has it, for then it belongs to the task', () => {
    const question = 'Which of the statements below is the sarcastic one of the two?';
    const names = ['Ida', 'Ole', 'Per', 'Una', 'Liv'];
    const tasks = createLeakageIndex(names.map((name) => ({ input: `${question} ${name} said so.` })));
    expect(tasks.sharedPassage(`Answer this: ${question}`, '')).toBeNull();
    expect(tasks.sharedPassage(`${question} Una said so.`, '')).not.toBeNull();
  });

  it('is found wherever it is cut from: any 8 words, any 40 characters', () => {
    const random = createRandom('words');
    const vocabulary = Array.from({ length: 400 }, (_, at) => `w${at.toString(36)}`);
    const inputs = Array.from({ length: 50 }, () => random.sample(vocabulary, 40).join(' '));
    const many = createLeakageIndex(inputs.map((text) => ({ input: text })));
    const place = fc.tuple(fc.nat(49), fc.nat(32), fc.nat(60));
    fc.assert(
      fc.property(place, ([which, word, character]) => {
        const text = inputs[which] ?? '';
        expect(
          many.sharedPassage(
            `x ${text
              .split(' ')
              .slice(word, word + 8)
              .join(' ')} y`,
            '',
          ),
        ).not.toBeNull();
        expect(many.sharedPassage(`x${text.slice(character, character + 40)}y`, '')).not.toBeNull();
      }),
    );
  });

  it('is looked for in a thousand inputs in a moment, also when all begin alike', () => {
    const random = createRandom('many');
    const vocabulary = Array.from({ length: 3000 }, (_, at) => `word${at}`);
    const question = 'How would a typical person answer each of the following questions about causation?';
    const inputs = Array.from(
      { length: 1000 },
      () => `${question} ${random.sample(vocabulary, 150).join(' ')}`,
    );
    const many = createLeakageIndex(inputs.map((text) => ({ input: text })));
    expect(many.sharedPassage(inputs[999] ?? '', '')).not.toBeNull();
    expect(many.sharedPassage(`${question} Say yes or no.`, '')).toBeNull();
  });
});

describe('an answer of a shown case', () => {
  it.each([
    ['12', 'Remember that the sum is 12.'],
    ['05/01/2021', 'Write dates like 05/01/2021.'],
    ['Lisbon', 'Think of Lisbon first.'],
    ['cat dog emu', 'Sort into cat dog emu order.'],
  ])('is a leak: %s', (answer, text) => {
    expect(leakedAnswer(text, '', [failure(answer)], [])).toBe(answer);
  });

  it.each([
    ['7', 'Add 7 to the rest.', '', []],
    ['Yes', 'Answer Yes or No.', '', []],
    ['sarcasm', 'Look for sarcasm.', '', []],
    ['Deeply Sad', 'Choose Deeply Sad only at the end.', '', ['Deeply Sad', 'Happy']],
    ['60', 'Use at most 60 words.', 'Use 60 words.', []],
    ['12', 'Count to 1200.', '', []],
  ])('is none when it is a label, one digit, a plain word or known: %s', (answer, text, prompt, choices) => {
    expect(leakedAnswer(text, prompt, [failure(answer)], choices)).toBeNull();
  });
});

describe('words of one shown case', () => {
  it('are a leak when a proposal is made of them', () => {
    expect(
      wordsOfOneCase('Doors painted by the lighthouse keeper stay green.', '', [failure('3')], index),
    ).toContain('lighthouse');
  });

  it('are none when they are words of the task or a small part', () => {
    const prompt = 'Count the doors that the keeper painted green.';
    expect(wordsOfOneCase('Count painted doors that are green.', prompt, [failure('3')], index)).toBeNull();
    expect(
      wordsOfOneCase(
        'Count what remains after taking away all painted things from the total number of things.',
        '',
        [failure('3')],
        index,
      ),
    ).toBeNull();
  });
});
