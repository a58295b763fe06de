/** Rules that keep a prompt whole: placeholders, the output format, and news over what was there. */
import { doubleBraces } from '../prompt/placeholders.ts';
import { bodyOf } from './original-form.ts';
import { newMatch, type Subject } from './subject.ts';
import { holdsPhrase, jaccard, normalized, windows, words } from './wording.ts';

function placeholdersOf(text: string): string[] {
  return (text.match(doubleBraces) ?? []).map((found) => found.replace(/\s+/gu, ''));
}

function without(names: readonly string[], taken: readonly string[]): string | undefined {
  const left = [...taken];
  return names.find((name) => {
    const at = left.indexOf(name);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

export function placeholderLost({ text, original }: Subject): string | null {
  const present = new Set(placeholdersOf(text));
  return placeholdersOf(original ?? '').find((name) => !present.has(name)) ?? null;
}

/** "[insert text here]", "{name}", "____", "(one sentence: …)": blanks for somebody to fill in. */
const blanks =
  /\[(?:insert|your|the|add|enter|fill|put|list|name|input|output|text|sentence|answer|label|word|number|x|y|\.{3})\b[^\]\n]{0,60}\]|(?<![{\w])\{\s*[a-z_]+\s*\}(?!\})|_{3,}|\$\{|\[\.{3}\]|\bXXX+\b|lorem ipsum|\((?:one|two|three|four)(?: (?:to|or) \w+)? sentences?:/iu;

export function placeholderInvented({ text, original, reference }: Subject): string | null {
  const invented = without(placeholdersOf(text), placeholdersOf(original ?? ''));
  const stray = text.replace(doubleBraces, '').match(/\{\{|\}\}/u)?.[0];
  return invented ?? stray ?? newMatch(blanks, text, reference);
}

const outputVerb =
  '(?:answer|respond|reply|say|output|return|print|write|give|end|finish|provide|state|present|format|produce|report|use|put|separate|antworte|gib|nenne|schreibe|ausgabe|réponds?|répondez|écris|responde|escribe|rispondi|scrivi|responda)';
const outputForm =
  '(?:only|just|exactly|nothing (?:but|else)|single|format|form|json|yes|no|true|false|lower ?case|upper ?case|digits?|one (?:word|line|number|letter|label)|comma|commas|line|lines|separated|brackets?|parentheses|letter|label|labels|word|number|without|mm|yyyy|nur|ausschließlich|ein wort|ja|nein|seulement|uniquement|un mot|solo|una palabra|apenas)';
const formatPatterns = [
  new RegExp(`\\b${outputVerb}\\b[^.!?]*\\b${outputForm}\\b`, 'iu'),
  new RegExp(`\\b${outputVerb}\\b[^.!?]*["'“‘\`(]`, 'iu'),
  /\b(?:answer|output|response|result|antwort|ausgabe|réponse|respuesta|risposta|resposta|last line|final line)\b[^.!?]*\b(?:format|must|should|has to|shall|is|are|be|muss|soll|ist|doit|debe|deve)\b/iu,
  /\b(?:output|answer|response|ausgabe|antwort)\s*(?:format)?\s*:/iu,
  /\b(?:one|single|only|just|exactly)\b[^.!?]*\b(?:word|number|letter|label|line|digit|date|name)s?\b/iu,
  /\b(?:no|without|omit|skip|do not (?:add|give|include|write)|ohne|keine)\b[^.!?]*\b(?:explanations?|other text|extra text|commentary|punctuation|erklärung(?:en)?)\b/iu,
];

/** Whether a text says what the answer must look like. */
export function statesFormat(text: string): boolean {
  return formatPatterns.some((pattern) => pattern.test(text));
}

/** What the answer must say to the letter: quoted text, and labels of the task where at least two are named. */
function lettersOf(text: string, choices: readonly string[]): string[] {
  const quoted = [
    ...text.matchAll(/["“`]([^"”`\n]{1,60})["”`]|(?<!\p{L})['‘]([^'’\n]{1,60})['’](?!\p{L})/gu),
  ];
  const literals = quoted
    .map(([, double, single]) => double ?? single ?? '')
    .filter((part) => normalized(part) !== '');
  const named = choices.filter((choice) => holdsPhrase(text, choice));
  return [...literals, ...(named.length >= 2 ? named : [])];
}

/**
 * The must-have of algorithms.md 5.4: the only statement of the answer's format stays one; in a sentence, with its
 * exact words.
 */
export function formatLost({ text, body, original, others, choices, scope }: Subject): string | null {
  if (original === null || !statesFormat(original) || others.some(statesFormat)) return null;
  const stated = statesFormat(bodyOf(original, original)) ? body : text;
  if (!statesFormat(stated)) return scope === 'sentence' ? original : '';
  if (scope === 'prompt') return null;
  const missing = lettersOf(original, choices).find((literal) => !holdsPhrase(text, literal));
  return missing ?? null;
}

/**
 * Equal but for case and punctuation, or more than 95 % the same words. Of whole prompts, whose words repeat, runs of
 * three words are compared: one changed sentence is news.
 */
function sameText(left: string, right: string, scope: Subject['scope']): boolean {
  const [a, b] = [words(left), words(right)];
  if (a.join(' ') === b.join(' ')) return true;
  const size = scope === 'sentence' ? 1 : 3;
  return Math.min(a.length, b.length) >= size && jaccard(windows(a, size), windows(b, size)) > 0.95;
}

export function unchanged({ text, original, others, scope }: Subject): string | null {
  if (original !== null && sameText(text, original, scope)) return '';
  return others.find((other) => normalized(other) === normalized(text)) ?? null;
}

export function alreadyTried({ text, tried, scope }: Subject): string | null {
  return tried.find((earlier) => sameText(text, earlier, scope)) ?? null;
}
