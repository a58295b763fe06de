/** Column names as people write them. */

/**
 * Names that are unique, not empty and free of braces (they stand in `{{templates}}`); "" becomes "column 3", a
 * second "text" becomes "text (2)". `__proto__` loses its underscores: as a key of a plain object it would vanish.
 */
export function cleanColumns(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name, index) => {
    const clean =
      name
        .replace(/[{}]/g, ' ')
        .replace(/^\s*__proto__\s*$/, 'proto')
        .replace(/\s+/g, ' ')
        .trim() || `column ${index + 1}`;
    let unique = clean;
    for (let n = 2; taken.has(unique); n += 1) unique = `${clean} (${n})`;
    taken.add(unique);
    return unique;
  });
}

/** "Best Answer", "best_answer" and "bestAnswer" are the same name. */
export function normalizeName(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** Names for what the model is shown, the most telling first. */
export const INPUT_NAMES = [
  'input',
  'inputs',
  'question',
  'query',
  'problem',
  'goal',
  'ctx',
  'prompt',
  'instruction',
  'text',
  'statement',
  'claim',
  'sentence',
  'x',
  'userinput',
  'usermessage',
  'user',
  'utterance',
  'message',
  'content',
  'review',
  'tweet',
  'comment',
  'post',
  'title',
  'document',
  'article',
  'passage',
  'dialogue',
  'body',
  'source',
  'word',
];

/** Names for the right answer, the most telling first. */
export const TARGET_NAMES = [
  'target',
  'expected',
  'expectedoutput',
  'expectedanswer',
  'expectedresponse',
  'bestanswer',
  'correctanswer',
  'goldanswer',
  'groundtruth',
  'gold',
  'golden',
  'ideal',
  'finalanswer',
  'answer',
  'answerkey',
  'answervalue',
  'output',
  'outputs',
  'labeltext',
  'labelname',
  'label',
  'labels',
  'reference',
  'referenceanswer',
  'solution',
  'completion',
  'response',
  'expectations',
  'expectation',
  'targets',
  'answers',
  'answerstext',
  'y',
  'class',
  'sentiment',
  'intent',
  'category',
  'summary',
  'highlights',
  'translation',
  'correct',
  'assistant',
  'result',
  'rating',
  'score',
];

/** Names for further right answers beside the target. */
export const ALTERNATIVE_NAMES = [
  'alternatives',
  'possibleoutputs',
  'possibleanswers',
  'correctanswers',
  'acceptableanswers',
  'acceptedanswers',
  'validanswers',
  'goldanswers',
  'answeraliases',
  'answernormalizedaliases',
  'aliases',
  'references',
  'targets',
  'answers',
  'otheranswers',
  'synonyms',
];

/** Names for the options a question offers. */
export const OPTION_NAMES = ['choices', 'options', 'choicestext', 'optionstext', 'candidates', 'endings'];

export const ID_NAMES = [
  'id',
  'exampleid',
  'customid',
  'questionid',
  'qid',
  'uid',
  'uuid',
  'guid',
  'key',
  'index',
  'idx',
  'number',
  'no',
];

/** What goes together in the input, in the order it is shown. */
export const INPUT_GROUPS: readonly (readonly string[])[] = [
  ['premise', 'hypothesis'],
  ['sentence1', 'sentence2'],
  ['text1', 'text2'],
  ['question1', 'question2'],
  ['instruction', 'input'],
  ['context', 'question'],
  ['passage', 'question'],
  ['story', 'question'],
  ['document', 'question'],
  ['article', 'question'],
  ['table', 'question'],
  ['context', 'query'],
  ['input', 'additionalcontext'],
];

const KNOWN = new Set([
  ...INPUT_NAMES,
  ...TARGET_NAMES,
  ...ALTERNATIVE_NAMES,
  ...OPTION_NAMES,
  ...ID_NAMES,
  ...INPUT_GROUPS.flat(),
]);

/** Whether a cell reads like a column name that datasets have. */
export function isKnownName(name: string): boolean {
  return (
    KNOWN.has(normalizeName(name)) ||
    /^__(expected\d*|prefix|suffix|description|metric|threshold|metadata:|config:)/.test(name)
  );
}
