/** Texts for property tests: anything at all, and prompts put together from what prompts are made of. */
import fc from 'fast-check';

/** Any UTF-16 string, lone surrogates and control characters included. */
export const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
  fc.string({
    unit: fc.constantFrom(' ', '\n', '\r', '\t', '.', '"', '#', '`', '{', '}', 'a', 'B', '1', '。'),
  }),
);

const sentence = fc.constantFrom(
  'Sort the words.',
  'Use e.g. Foo or Dr. Smith, etc.',
  'Pi is 3.14, No. 5 of 7!',
  'Is it "right"?',
  'She said "Stop!" and left.',
  '(See Fig. 3.)',
  'Wait...',
  'J. K. Rowling wrote it.',
  'Answer with {{choice. A}} or {{input}}.',
  '请回答问题。',
  '「好！」',
  'Well done 🎉👩‍👩‍👧!',
  'no capital here',
  'Use `a. B` and **bold.** text.',
  'naïve façade e\u0301.',
);
const lineEnd = fc.constantFrom('\n', '\r\n', '\n\n', '\r', '\n \t\n', '\r\n\r\n');
const paragraph = fc
  .array(fc.tuple(sentence, fc.constantFrom(' ', '  ', '\n', '\r\n', '\t', '')), {
    minLength: 1,
    maxLength: 5,
  })
  .map((parts) => parts.flat().join(''));
const heading = fc.constantFrom(
  '# Title',
  '###Task type###',
  'Output format:',
  '**Rules**',
  'Title\n---',
  '###A### b',
);
const listItem = fc
  .tuple(fc.constantFrom('- ', '* ', '1. ', '2) ', '  - ', '\t3. ', '(a) '), paragraph)
  .map((parts) => parts.join(''));
const fence = fc.constantFrom('```\na. B\n```', '~~~md\n# x\n~~~', '```open\nx. Y', '    indented. Code');
const block = fc.oneof(
  paragraph,
  heading,
  listItem,
  fence,
  fc.constantFrom('Input: {{input}}', '| a | b |', '---', '  '),
);

export const promptText = fc
  .array(fc.tuple(block, lineEnd), { maxLength: 8 })
  .map((parts) => parts.flat().join(''));
