import { describe, expect, it } from 'vitest';
import { extractAnswer } from '../../../src/core/evaluate/extract-answer.ts';
import type { Metric } from '../../../src/core/types.ts';

/** Replies in the manner of small chat models, and the answer a person would read in them; null: none is given. */
type Case = readonly [reply: string, answer: string | null];

function reads(metric: Metric, choices: readonly string[], cases: readonly Case[]): void {
  it.each(cases)('%j gives %j', (reply, answer) => {
    expect(extractAnswer(reply, metric, choices).answer).toBe(answer);
  });
}

describe('multiple choice', () => {
  reads(
    { kind: 'multiple-choice' },
    ['(A)', '(B)', '(C)', '(D)'],
    [
      ['(B)', '(B)'],
      ['B', '(B)'],
      ['b', '(B)'],
      ['B.', '(B)'],
      ['B) 12/25/1937', '(B)'],
      ['(b) 12/25/1937', '(B)'],
      ['Answer: C', '(C)'],
      ['Answer: **(C)**', '(C)'],
      ['**Answer:** C) the red one', '(C)'],
      ['The correct option is B because it is sarcastic.', '(B)'],
      ['The answer is A because the others are wrong.', '(A)'],
      ['The answer is option D.', '(D)'],
      ['The final answer is $\\boxed{\\text{D}}$.', '(D)'],
      ['Thus \\boxed{B}', '(B)'],
      ['We compare (A) and (B).\nAnswer: (A)', '(A)'],
      ['<think>Maybe (C)? Or (D)?</think>\n\n(B)', '(B)'],
      ['<think>Maybe the answer is (C)', null],
      ['The user asks this.</think>Answer: (D)', '(D)'],
      ['<answer>A</answer> or rather <answer>C</answer>', '(C)'],
      ['<answer>C', '(C)'],
      ['A cat sat on the mat and nothing was chosen.', null],
      ['Answer: A good question, but I cannot tell.', null],
      ["I don't know.", null],
      ['So the answer is (A) or (B).', null],
      ['So the answer is (A) and (B).', null],
      ['So the answer is neither (A) nor (B).', null],
      ['So the answer is (None of the above).', null],
      ['Answer: (A), (C)', null],
      ['The answer is not (A) but (C).', '(C)'],
      ['(B), not (A).', '(B)'],
      ['So the answer is (K).', null],
      ['B. The second statement mocks (A).', '(B)'],
      ['(B)\n\nQ: What is next?\nA: (C)', '(B)'],
      ['Answer: (D)\n\nQuestion: Which one is it?\nAnswer: (A)', '(D)'],
      ['At first the answer is (A). Checking again, the answer is (B).', '(B)'],
      ['Looking at both, option C fits best.', '(C)'],
      ['Answer:\n\n(A) a bracelet', '(A)'],
      ['## Answer\n(C)', '(C)'],
      ['Sure! Here is my reasoning.\n\n(C)\n\nLet me know if you need anything else!', '(C)'],
      ['If we look at (B), it says that the speaker is glad about how the long wait turned out to be', null],
      ['The answer is most likely A, the harbour.', '(A)'],
      ['The answer is probably to be found: D.', '(D)'],
      ['The answer is A or B.', null],
      ['The answer is either A or C.', null],
      ['The answer is (A), (B), or (D).', null],
      ['The answer is A, B, or C.', null],
      ['The answer is A (a lamp) and B (a candle).', null],
      ['The answer is X-rays.', null],
      ['Answer: Option A, although none is perfect.', '(A)'],
      ['Option B is 03/04/2031, which is what we found.', '(B)'],
      ['Weighing all this, B is the correct answer.', '(B)'],
      ['Reading it once more, (B) is better than (C).', '(B)'],
      ['So option (C) is correct, while option (D) is incorrect.', '(C)'],
      ['Option (D) fits. Options (A) and (B) are wrong because they name a river.', '(D)'],
      ['(A)\n\nThe pronoun is about the one who waited, so the answer should be the gardener.', '(A)'],
      ['- X-Ray Nights (a drama)\n- Blue Hour (a comedy)\n\n(D)', '(D)'],
      ['The options are:\n(A) a kettle\n(B) a spoon\n(C) a cup', null],
      ['At first the answer is (A). But the correct answer is not listed.', null],
      ['The correct answer is not listed. The closest option is (C).', '(C)'],
      ['Therefore option (B) fits.\n\nNote: (A) would need a second boat.', '(B)'],
      ['{"reason": "it floats", "answer": "B"}', '(B)'],
      ['***Answer:*** (C)', '(C)'],
      ['A: The yellow kite is the highest.', null],
    ],
  );

  describe('with the options’ texts', () => {
    reads(
      { kind: 'multiple-choice' },
      ['(A) red', '(B) dark red', '(C) blue'],
      [
        ['Answer: dark red', '(B)'],
        ['It is blue.', '(C)'],
        ['It could be red or blue.', null],
      ],
    );
  });
});

describe('yes or no', () => {
  reads(
    { kind: 'yes-no', labels: ['Yes', 'No'] },
    [],
    [
      ['Yes', 'Yes'],
      ['no.', 'No'],
      ['**No**', 'No'],
      ['No, because there is yes-man talk.', 'No'],
      ['Yes.\n\nExplanation: there is no other cause.', 'Yes'],
      ['Answer: Yes, no doubt.', 'Yes'],
      ['Answer: yes or no', null],
      ['There is no way to tell.', null],
      ['We are not where we started. So the answer is No.', 'No'],
      ['True', 'Yes'],
      ['That is false.', 'No'],
      ['A typical person would say: yes', 'Yes'],
      ['', null],
      ['   \n ', null],
      ['I know nothing about it.', null],
      ['So the answer is no because they never met.', 'No'],
      ['Thus, no is the correct answer.', 'No'],
      ['The correct answer cannot be determined.', null],
      ['First, does the ferry run? The answer is yes. In the end the answer is: It depends.', null],
      ['It sounds nice, but a ferry across that desert is most unlikely to be true.', null],
      ['She is lying.\nSo the statement is true.', 'Yes'],
    ],
  );
});

describe('valid or invalid', () => {
  reads(
    { kind: 'yes-no', labels: ['valid', 'invalid'] },
    [],
    [
      ['invalid', 'invalid'],
      ['So the answer is invalid.', 'invalid'],
      ['The argument is deductively valid.', 'valid'],
      ['The argument is not deductively valid.', 'invalid'],
      ['It looked invalid at first, but the answer is valid.', 'valid'],
      ['Whether it is valid or invalid is hard to say', null],
      ['"Valid."', 'valid'],
      ['Hence the argument is valid.\n\nThe first premise was needed for that, the second was not.', 'valid'],
      ['So the argument is valid. \n\nNote that one false premise would make another one invalid.', 'valid'],
    ],
  );
});

describe('true or false', () => {
  reads(
    { kind: 'yes-no', labels: ['True', 'False'] },
    [],
    [
      ['True', 'True'],
      ['not True = False', 'False'],
      ['Plugging in: Z = True and False = False. So the answer is False.', 'False'],
      ['Answer: FALSE', 'False'],
      ['We go on as before: not True or ( False and True ) = False or False = False and True and', null],
    ],
  );
});

describe('number', () => {
  reads(
    { kind: 'number' },
    [],
    [
      ['8', '8'],
      ['Answer: 8', '8'],
      ['The answer is eight.', '8'],
      ['Answer: twenty-one apples', '21'],
      ['Answer: minus one hundred and five', '-105'],
      ['#### 1,234', '1234'],
      ['$1,234.50', '1234.50'],
      ['-$5', '-5'],
      ['Answer: −7', '-7'],
      ['Total: 3 + 4 = 7', '7'],
      ['Answer: 3 + 4 = 7', '7'],
      ['Answer: 7 (since 2 + 5 = 7, and 9 - 2 = 7)', '7'],
      ['You have 3 pears and 4 plums, so 7 fruits', '7'],
      ['We count 1 + 1 + 2 = 4. So the answer is 4.', '4'],
      ['(-5 + 9) * 2 = 8', '8'],
      ['10-4', '4'],
      ['x = -12', '-12'],
      ['The final answer is \\(\\boxed{1{,}200}\\).', '1200'],
      ['50%', '50'],
      ['You have 8 instruments.\nLet me know if you have any questions!', '8'],
      ['8\n\nHere is how I counted all of them one after another until I reached the end of the', '8'],
      ['I cannot count that.', null],
      ['Answer: 14.\n\nQ: I have two cats. How many?\nA: 2', '14'],
      ['5 apples, 3 pears.\nTotal: 8', '8'],
      ['The answer is 3/4.', '3/4'],
      ['Answer: 1 1/2 jugs', '1 1/2'],
      ['On 3/14/2031 there were 9', '9'],
      ['The answer is nine point eight.', '9.8'],
      ['So you have 8 pans. Let me know if you need more!', '8'],
      ['In total there are 8 pans.\n\nNote: I counted the 2 lids as pans.', '8'],
      ['42 (not 43)', '42'],
      ['It is 42 rather than 43.', '42'],
      ['Answer: not 43 but 42', '42'],
      ['We pay $42, not $43 or $44.', '42'],
      ['Forty-two, not forty-three.', '42'],
      ['It can’t be 43, so it is 42', '42'],
      ['There are 42, neither 41 nor 43.', '42'],
      ['There are no more than 42.', '42'],
      ['It is certainly not 43.', null],
    ],
  );
});

describe('list in order', () => {
  reads(
    { kind: 'list', ordered: true },
    [],
    [
      ['apple banana cherry', 'apple banana cherry'],
      ['So the answer is apple banana cherry.', 'apple banana cherry'],
      ['Sorted list: apple, banana, cherry', 'apple, banana, cherry'],
      ['Here you go:\n1. apple\n2. banana\n3. cherry', 'apple, banana, cherry'],
      ['Answer:\n- apple\n- banana\n\nI sorted them.', 'apple, banana'],
      ['The first letter: "a" comes first. We now have: "apple" before "banana". Now let us', null],
      ['Sorted:\n1. apple\n2. banana\n\nThe list is now in order!', 'apple, banana'],
      ['apple banana cherry\n\nExplanation: I sorted them. The first letters decide.', 'apple banana cherry'],
      ['The final answer is $\\boxed{apple banana}$. I hope it is right.', 'apple banana'],
      ['{"answer": "apple banana", "sure": true}', 'apple banana'],
      ['Thus, apple banana is the correct order.', 'apple banana'],
    ],
  );
});

describe('brackets', () => {
  reads(
    { kind: 'list', ordered: true, brackets: true },
    [],
    [
      ['] ) }', '] ) }'],
      ['Answer: ])}', '])}'],
      ['So the answer is > ).', '> )'],
      ['Answer: `] }`', '] }'],
      ['The stack holds [ and {, so I close them.', null],
      ['5: ( ; stack: [ { (', null],
      ['31: ] ; stack: ( <\n32: )', null],
      ['Step 32: )', null],
      ['The final answer is \\boxed{] \\} >}', '] } >'],
      ['\\boxed{] } )}', '] } )'],
      ['\\boxed{\\text{] }}}', '] }'],
      ['Answer: ] ). The last one closes the first.', '] )'],
      ['] )\n\nThe last one closes the first.', '] )'],
      ['Answer: we close [ with ]', null],
    ],
  );
});

/** A completion model goes on with examples of its own, in whatever form it saw. */
describe('an answer before an invented next example', () => {
  const reads8 = (tail: string): void => {
    expect(extractAnswer(`We add them. So the answer is 8.${tail}`, { kind: 'number' }).answer).toBe('8');
  };
  it.each([
    '\n\nQ: I have two cats. How many?\nA: 2',
    ' Q: I have two cats. How many?\nA: 2',
    '\nQuestion 2: two cats?\nAnswer: 2',
    '\n### Question\nI have two cats.\n### Answer\n2',
    '\n\nInput: two cats\nOutput: 2',
    '\nHuman: And two cats?\nAssistant: The answer is 2.',
    '\n\nProblem: I have two cats.\nSolution: The answer is 2.',
    '\n\n**Example 2:**\nAnswer: 2',
  ])('is kept before %j', reads8);

  it('may be so short that only its place shows it', () => {
    expect(extractAnswer('8\n\nProblem: two cats\nSolution: 2', { kind: 'number' }).answer).toBe('8');
  });

  it('is not seen where nothing was answered yet', () => {
    const reply = 'We are given this.\n\nProblem: How many in all?\n\nTwo and six.\nAnswer: 8';
    expect(extractAnswer(reply, { kind: 'number' }).answer).toBe('8');
  });
});

describe('label', () => {
  reads(
    { kind: 'label' },
    ['same', 'not the same', 'unclear'],
    [
      ['same', 'same'],
      ['They are not the same.', 'not the same'],
      ['Label: Unclear', 'unclear'],
      ['Answer: same or unclear', null],
      ['Answer: different', null],
      ['Unclear, it cannot be same.', 'unclear'],
    ],
  );
});

describe('exact', () => {
  reads(
    { kind: 'exact' },
    [],
    [
      ['Paris', 'Paris'],
      ['"Paris."', 'Paris'],
      ['Answer: **Paris**', 'Paris'],
      ['Let me think.\nOutput: Paris', 'Paris'],
      ['Answer: Paris\n\nThis answer is based on what I know.', 'Paris'],
      ['Paris<|im_end|>\n<|im_start|>user\nThanks', 'Paris'],
      ['Paris\nInput: the capital of Spain', 'Paris'],
      ['Paris\n\nThe city on the Seine has been the seat of the government for centuries.', 'Paris'],
      ['İzmir it is not. <answer>Paris</answer>', 'Paris'],
    ],
  );
});
