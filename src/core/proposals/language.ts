/** Whether a text is in the language of the prompt it is meant for: by script, then by function words. */
import { words } from './wording.ts';

/** The languages whose function words are known; texts in others are judged by script only. */
type Language = 'en' | 'de' | 'fr' | 'es' | 'it' | 'pt' | 'nl';

/** The most frequent closed-class words. A word may be in several lists: languages are compared by their counts. */
const functionWords: Readonly<Record<Language, ReadonlySet<string>>> = {
  en: list(
    'the a an of to and in is are was be been for on with as by at from it its that this these those or not no if then each every all any only do does did have has will would should must can may your you i we they he she which what who when where how than so but into out up about between before after there their one more most other same such exactly don’t instead without within using',
  ),
  de: list(
    'der die das den dem des ein eine einen einem einer eines und oder nicht kein keine ist sind war wird werden wurde zu zum zur im in an auf aus bei mit nach von vom für über unter vor durch als wie wenn dass ob so nur auch noch jede jeden jedes jeder alle es sie er du ihr wir ich dein deine ihre sein seine diese dieser dieses diesen bitte dann aber sowie bis um man genau ohne',
  ),
  fr: list(
    'le la les un une des du de d et ou ne pas est sont être a à au aux en dans sur avec pour par que qui quoi dont ce cette ces cet il elle ils elles on nous vous je tu votre vos son sa ses leur leurs chaque tout toute tous si puis mais plus sans comme entre avant après aucun aucune se sont l s qu n',
  ),
  es: list(
    'el la los las un una unos unas de del y o no es son ser está a al en con por para que quien cual cuyo este esta estos estas ese esa lo se su sus tu tus si como más pero sin sobre entre cada todo toda todos todas antes después también solo sólo le les nos yo usted cuando donde ni hay debe',
  ),
  it: list(
    'il lo la i gli le un uno una di del della dei delle dello degli e o non è sono essere a al alla ai alle in nel nella con per da dal dalla che chi cui questo questa questi queste si se come più ma senza su sul tra fra ogni tutto tutti tutte prima dopo anche solo suo sua tuo ne ci deve l',
  ),
  pt: list(
    'o a os as um uma uns umas de do da dos das e ou não é são ser está em no na nos nas com por para pelo pela que quem qual este esta estes estas esse essa isso se seu sua seus suas como mais mas sem sobre entre cada todo toda todos todas antes depois também só ao à aos você quando onde deve',
  ),
  nl: list(
    'de het een en of niet geen is zijn was wordt worden te in op aan uit bij met naar van voor over onder door als dat dit deze die om ook nog maar elke elk alle je jij uw we wij ik hij zij ze er dan zo wel kan moet alleen zonder',
  ),
};

function list(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}

function languageCounts(tokens: readonly string[]): { language: Language; count: number }[] {
  return (Object.keys(functionWords) as Language[])
    .map((language) => ({
      language,
      count: tokens.filter((token) => functionWords[language].has(token)).length,
    }))
    .sort((a, b) => b.count - a.count);
}

/** The language of a text of some length; null where its function words do not tell. */
export function detectLanguage(text: string): Language | null {
  const tokens = words(text);
  const [best, second] = languageCounts(tokens);
  if (best === undefined || second === undefined || best.count === 0) return null;
  return best.count > second.count && best.count / tokens.length >= 0.15 ? best.language : null;
}

const scripts = {
  Latin: /\p{Script=Latin}/gu,
  Greek: /\p{Script=Greek}/gu,
  Cyrillic: /\p{Script=Cyrillic}/gu,
  Chinese: /\p{Script=Han}/gu,
  Japanese: /[\p{Script=Hiragana}\p{Script=Katakana}]/gu,
  Korean: /\p{Script=Hangul}/gu,
  Arabic: /\p{Script=Arabic}/gu,
  Hebrew: /\p{Script=Hebrew}/gu,
  Devanagari: /\p{Script=Devanagari}/gu,
  Thai: /\p{Script=Thai}/gu,
} as const;

type Script = keyof typeof scripts;

function lettersOf(text: string, script: Script): number {
  return text.match(scripts[script])?.length ?? 0;
}

function mainScript(text: string): Script | null {
  const counted = (Object.keys(scripts) as Script[]).map((script) => ({
    script,
    count: lettersOf(text, script),
  }));
  const best = counted.reduce((a, b) => (b.count > a.count ? b : a));
  return best.count > 0 ? best.script : null;
}

/** A script the reference does not use. Single letters pass: "π" and "é" are no change of language. */
function foreignScript(text: string, reference: string): Script | null {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const found = (Object.keys(scripts) as Script[]).find((script) => {
    const count = lettersOf(text, script);
    const limit = script === 'Greek' ? Math.max(2, letters * 0.15) : 1;
    return count > limit && lettersOf(reference, script) === 0;
  });
  return found ?? null;
}

/** Letters beyond a–z, in words that the reference does not have. */
function accentedWords(tokens: readonly string[], known: ReadonlySet<string>): number {
  return tokens.filter((token) => /[^\p{ASCII}’]/u.test(token) && !known.has(token)).length;
}

/** At least this share of a text's words are function words of its language; imperatives of a few words may have none. */
const leastShare = 0.15;

function foreignLanguage(text: string, reference: string): string | null {
  const expected = detectLanguage(reference);
  const tokens = words(text);
  if (expected === null) return null;
  const counts = languageCounts(tokens);
  const own = counts.find(({ language }) => language === expected)?.count ?? 0;
  if (own / tokens.length >= leastShare * 2) return null;
  const [best] = counts;
  if (best !== undefined && best.count >= own + 2) return best.language;
  if (own / tokens.length >= leastShare) return null;
  const known = new Set(words(reference));
  const unknownShare = tokens.filter((token) => !known.has(token)).length / tokens.length;
  if (expected === 'en' && accentedWords(tokens, known) >= 2) return 'not en';
  if (best !== undefined && own === 0 && best.count >= 1 && unknownShare > 0.9) return best.language;
  return own === 0 && tokens.length >= 10 && unknownShare > 0.8 ? `not ${expected}` : null;
}

/**
 * What is wrong with the language of a text, for a person to read; null when nothing is.
 * @param reference the prompt and whatever else shows the expected language and scripts
 */
export function languageProblem(text: string, reference: string): string | null {
  if (!/\p{L}/u.test(text) || !/\p{L}/u.test(reference)) return null;
  const script = foreignScript(text, reference);
  if (script !== null) return `has letters of the ${script} script`;
  const main = mainScript(reference);
  if (main !== null && lettersOf(text, main) === 0) return `has no letter of the ${main} script`;
  const language = main === 'Latin' ? foreignLanguage(text, reference) : null;
  return language === null ? null : `reads like "${language}"`;
}
