import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinPrompt, nextSentenceId, splitPrompt } from '../../../src/core/prompt/split.ts';
import { anyText, promptText } from './arbitrary-prompt.ts';

const contents = (text: string): string[] => splitPrompt(text).map(({ content }) => content);
const runs = { numRuns: 1000 };

describe('splitting any text', { timeout: 60_000 }, () => {
  it('loses nothing, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, promptText), (text) => {
        expect(joinPrompt(splitPrompt(text))).toBe(text);
      }),
      { numRuns: 3000 },
    );
  });

  it('gives the same pieces and ids every time, also from its own join', () => {
    fc.assert(
      fc.property(promptText, (text) => {
        const once = splitPrompt(text);
        expect(splitPrompt(joinPrompt(once))).toEqual(once);
      }),
      runs,
    );
  });

  it('numbers the pieces by position and has a free id for one more', () => {
    fc.assert(
      fc.property(promptText, (text) => {
        const ids = splitPrompt(text).map(({ id }) => id);
        expect(ids).toEqual(ids.map((_, index) => `s${index + 1}`));
        expect(ids).not.toContain(nextSentenceId(splitPrompt(text)));
      }),
      runs,
    );
  });

  it('puts white space into suffixes and a leading blank, never around contents', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, promptText), (text) => {
        for (const [index, { kind, content, suffix }] of splitPrompt(text).entries()) {
          expect(suffix.trim()).toBe('');
          expect(content).not.toBe('');
          if (kind === 'blank') expect([index, content.trim()]).toEqual([0, '']);
          else expect(content.trim()).toBe(content);
        }
      }),
      runs,
    );
  });

  it('optimizes sentences with words in them and nothing else', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, promptText), (text) => {
        for (const { kind, content, optimizable } of splitPrompt(text)) {
          if (!optimizable) continue;
          expect(kind).toBe('sentence');
          expect(content.replace(/\{\{[^{}\r\n]*\}\}/g, '')).toMatch(/\p{L}/u);
        }
      }),
      runs,
    );
  });

  it('never cuts inside a placeholder', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('{{a. B}}', 'Do it. ', '{{input}}', '! ', '\n', 'x.')),
        (parts) => {
          const text = parts.join('');
          const count = (within: string): number => within.match(/\{\{[^{}\r\n]*\}\}/g)?.length ?? 0;
          const inPieces = splitPrompt(text).reduce((sum, { content }) => sum + count(content), 0);
          expect(inPieces).toBe(count(text));
        },
      ),
      runs,
    );
  });

  it.each(['', ' ', '\r\n\t', '\0', '\ud800', 'a\udc00. B', '\ufeffHello.', '```', '#', '{{', '。', '...'])(
    'loses nothing of %j',
    (text) => {
      expect(joinPrompt(splitPrompt(text))).toBe(text);
    },
  );

  it('takes time in proportion to the text', () => {
    for (const unit of ['Foo bar. ', ' ', 'a\n', '{{', '`a', '"!', '1. ', 'A. ', '. 9', '\t\n', '#a']) {
      const text = unit.repeat(100_000 / unit.length);
      expect(joinPrompt(splitPrompt(text))).toBe(text);
    }
  });

  it('has no pieces for no text, and one blank piece for white space', () => {
    expect(splitPrompt('')).toEqual([]);
    expect(splitPrompt(' \n')).toEqual([
      { id: 's1', kind: 'blank', content: ' \n', suffix: '', optimizable: false },
    ]);
  });
});

describe('where sentences end', () => {
  it.each<[string, string[]]>([
    ['Do x. Do y! Done?', ['Do x.', 'Do y!', 'Done?']],
    ['Use e.g. Foo, i.e. Bar. Then stop.', ['Use e.g. Foo, i.e. Bar.', 'Then stop.']],
    ['Ask Dr. Smith vs. Mr. Jones (cf. Fig. 3). Go.', ['Ask Dr. Smith vs. Mr. Jones (cf. Fig. 3).', 'Go.']],
    ['Apples, etc. and pears, etc. Then sort.', ['Apples, etc. and pears, etc.', 'Then sort.']],
    ['See No. 5 and p. 7. Answer Yes or No. Think.', ['See No. 5 and p. 7.', 'Answer Yes or No.', 'Think.']],
    ['Pi is 3.14. Use v2.0 of it.', ['Pi is 3.14.', 'Use v2.0 of it.']],
    ['There are some. 3 items follow.', ['There are some.', '3 items follow.']],
    ['John F. Kennedy met J. K. Rowling. Go.', ['John F. Kennedy met J. K. Rowling.', 'Go.']],
    ['The answer is A. Explain why.', ['The answer is A.', 'Explain why.']],
    ['Choose option B. Then stop.', ['Choose option B.', 'Then stop.']],
    ['Wait... then go. Well... Maybe.', ['Wait... then go.', 'Well...', 'Maybe.']],
    ['Say "Stop." Then go.', ['Say "Stop."', 'Then go.']],
    ['"Stop!" she said. Go.', ['"Stop!" she said.', 'Go.']],
    ['It is (mostly) so. (See below.) Go.', ['It is (mostly) so.', '(See below.)', 'Go.']],
    ['**Important.** Do it. *Now.* Go.', ['**Important.**', 'Do it.', '*Now.*', 'Go.']],
    [
      'Visit https://x.org/?Q=1.A now. Ask Yahoo!Answers.',
      ['Visit https://x.org/?Q=1.A now.', 'Ask Yahoo!Answers.'],
    ],
    ['Reply with `a. B` only. Go.', ['Reply with `a. B` only.', 'Go.']],
    ['think first. then answer e.g. so. done', ['think first.', 'then answer e.g. so.', 'done']],
    ['Good! 🎉 Go on. 👍', ['Good!', '🎉 Go on. 👍']],
    ['你好。世界！「好。」他说？是', ['你好。', '世界！「好。」', '他说？', '是']],
    ['これは何？犬です。', ['これは何？', '犬です。']],
  ])('%j', (text, expected) => {
    expect(contents(text)).toEqual(expected);
  });
});

describe('lines and blocks', () => {
  it.each<[string, string[]]>([
    ['A hard\nwrapped line. And\r\nmore.', ['A hard\nwrapped line.', 'And\r\nmore.']],
    ['Answer in\nEnglish words only.', ['Answer in\nEnglish words only.']],
    ['Do x.\nthen y.', ['Do x.', 'then y.']],
    ['Sort the words\nAnswer with a list', ['Sort the words', 'Answer with a list']],
    ['1. Do x. Then y.\n2) Do z.', ['1. Do x.', 'Then y.', '2) Do z.']],
    ['- one\n  more\n* two\n  - three', ['- one\n  more', '* two', '- three']],
    ['- yes\n- no\nAnswer briefly.', ['- yes', '- no', 'Answer briefly.']],
    ['Steps: 1. Do x. 2. Do y.', ['Steps: 1. Do x.', '2. Do y.']],
    ['It is 5. Then stop.', ['It is 5.', 'Then stop.']],
    ['Q: Who? Me.\nA: Yes', ['Q: Who?', 'Me.', 'A: Yes']],
    ['Ok.\n```js\na. B\n\n# c\n```\nGo. Now.', ['Ok.', '```js\na. B\n\n# c\n```', 'Go.', 'Now.']],
    ['~~~\nopen. End', ['~~~\nopen. End']],
    ['One.\n| a. B | c |\n| d | e |\nTwo.', ['One.', '| a. B | c |\n| d | e |', 'Two.']],
    ['One\n\nTwo', ['One', 'Two']],
  ])('%j', (text, expected) => {
    expect(contents(text)).toEqual(expected);
  });

  it.each([
    '# Title',
    '###Task type###',
    '### Output',
    'Output format:',
    '输出格式：',
    '**Rules**',
    '**Rules:**',
    'Title\n=====',
    '<context>',
  ])('takes %j for a heading, which is not optimized', (heading) => {
    const [first, second] = splitPrompt(`${heading}\nDo it.`);
    expect(first).toMatchObject({ kind: 'heading', content: heading, suffix: '\n', optimizable: false });
    expect(second).toMatchObject({ kind: 'sentence', content: 'Do it.', optimizable: true });
  });

  it('parts a heading from text on the same line', () => {
    expect(splitPrompt('###Tips### Look twice.')).toMatchObject([
      { kind: 'heading', content: '###Tips###' },
      { kind: 'sentence', content: 'Look twice.' },
    ]);
  });

  it.each([
    'Answer the following question:',
    'Follow these steps:',
    'Say yes.',
    '#1 is best.',
    '```x``` is code.',
  ])('takes %j for a sentence', (text) => {
    expect(splitPrompt(text)).toMatchObject([{ kind: 'sentence', optimizable: true }]);
  });

  it.each(['{{input}}', 'Input: {{input}}', 'Input: {input}', '{{a}}, {{b}}', '---', '1234', '\ud83c\udf89'])(
    'does not optimize %j',
    (text) => {
      expect(splitPrompt(text)).toMatchObject([{ optimizable: false }]);
    },
  );
});

describe('a free id', () => {
  it('is above the highest, also after a removal in the middle', () => {
    expect(nextSentenceId([{ id: 's7' }, { id: 's2' }])).toBe('s8');
    expect(nextSentenceId([])).toBe('s1');
    expect(nextSentenceId([{ id: 'other' }])).toBe('s1');
  });
});
