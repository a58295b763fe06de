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
  'stem',
  'query',
  'problem',
  'goal',
  'ctx',
  'prompt',
  'instruction',
  'inputtext',
  'text',
  'statement',
  'claim',
  'sentence',
  'userinput',
  'usermessage',
  'userquery',
  'user',
  'utterance',
  'message',
  'content',
  'review',
  'tweet',
  'comment',
  'post',
  'document',
  'article',
  'passage',
  'abstract',
  'narrative',
  'story',
  'conversation',
  'dialog',
  'dialogue',
  'body',
  'src',
  'source',
  'title',
  'history',
  'word',
  'x',
];

/** Names for the right answer, the most telling first. */
export const TARGET_NAMES = [
  'target',
  'tgt',
  'expected',
  'expectedoutput',
  'expectedanswer',
  'expectedresponse',
  'bestanswer',
  'correctanswer',
  'rightanswer',
  'goldanswer',
  'groundtruth',
  'truth',
  'goldlabel',
  'gold',
  'golden',
  'ideal',
  'finalanswer',
  'finaldecision',
  'answer',
  'answerkey',
  'answervalue',
  'output',
  'outputs',
  'outputtext',
  'labeltext',
  'labelname',
  'label',
  'labels',
  'reference',
  'referenceanswer',
  'solution',
  'solutions',
  'canonicalsolution',
  'completion',
  'chosen',
  'response',
  'expectations',
  'expectation',
  'targets',
  'answers',
  'answerstext',
  'answersspans',
  'y',
  'class',
  'classindex',
  'sentiment',
  'intent',
  'intents',
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
  'answerstext',
  'otheranswers',
  'synonyms',
];

/** Names for the options a question offers. */
export const OPTION_NAMES = [
  'choices',
  'options',
  'choicestext',
  'optionstext',
  'candidates',
  'endings',
  'endingoptions',
  'mcanswers',
];

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

/** What goes together in the input, in the order it is shown; the more telling groups first. */
export const INPUT_GROUPS: readonly (readonly string[])[] = [
  ['premise', 'hypothesis'],
  ['majorpremise', 'minorpremise', 'conclusion'],
  ['premise', 'question'],
  ['sentence1', 'sentence2', 'word'],
  ['sentence1', 'sentence2'],
  ['text1', 'text2'],
  ['question1', 'question2'],
  ['1string', '2string'],
  ['instruction', 'input'],
  ['instruction', 'context'],
  ['context', 'question'],
  ['contexts', 'question'],
  ['passage', 'question'],
  ['paragraph', 'question'],
  ['story', 'question'],
  ['document', 'question'],
  ['article', 'question'],
  ['knowledge', 'question'],
  ['table', 'question'],
  ['body', 'question'],
  ['text', 'question'],
  ['sentence', 'question'],
  ['context', 'query'],
  ['passagespassagetext', 'query'],
  ['retrievedcontexts', 'userinput'],
  ['input', 'additionalcontext'],
  ['chathistory', 'question'],
  ['title', 'description'],
  ['title', 'abstract'],
  ['title', 'content'],
  ['title', 'body'],
  ['title', 'text'],
  ['subject', 'body'],
  ['subject', 'message'],
];

/** Last words of names that are too common in data to be names of columns, and are answers where they are. */
export const TARGET_WORDS: readonly string[] = [
  ...['duplicate', 'toxic', 'hate', 'spam', 'sarcasm', 'quality', 'decision', 'cop', 'sql', 'code'],
];

/** Last words that tell the answer or the input only when they are the whole name: "gold-source", "is_correct". */
export const WHOLE_NAMES: ReadonlySet<string> = new Set([
  ...['x', 'y', 'user', 'source', 'title', 'word', 'body', 'class', 'score', 'rating', 'result', 'correct'],
]);

/** Last words of names of what is told about a row: guessed by content to be neither input nor answer. */
export const ABOUT_WORDS: ReadonlySet<string> = new Set([
  ...[
    'id',
    'idx',
    'index',
    'hash',
    'uuid',
    'guid',
    'key',
    'split',
    'subset',
    'dataset',
    'version',
    'license',
  ],
  ...['source', 'url', 'uri', 'link', 'path', 'file', 'filename', 'page', 'locale'],
  ...['date', 'time', 'timestamp', 'year', 'created', 'updated', 'duration', 'at'],
  ...['author', 'annotator', 'annotators', 'worker', 'writer', 'model', 'provider', 'project', 'name'],
  ...['rationale', 'explanation', 'reasoning', 'evidence', 'note', 'notes', 'hint', 'cot', 'exp'],
  ...['parse', 'span', 'start', 'end', 'metadata', 'meta', 'kwargs', 'template', 'threshold', 'confidence'],
]);

/** Last words of names that are answers only where nothing else can be one. */
export const ASIDE_WORDS: ReadonlySet<string> = new Set([
  ...['type', 'level', 'levels', 'difficulty', 'domain', 'subdomain', 'language', 'lang', 'customer'],
]);

/** First words of names of answers that are not right, or not yet known to be. */
export const WRONG_WORDS: ReadonlySet<string> = new Set([
  ...['incorrect', 'wrong', 'false', 'distractor', 'rejected', 'hallucinated', 'bad'],
  ...['predicted', 'prediction', 'predictions', 'pred', 'generated', 'actual', 'baseline'],
]);

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
