/** Rules for replies that are talk of an assistant instead of an instruction. */
import { demonstrations } from './meta-format.ts';
import { newMatch, type Subject } from './subject.ts';
import { holdsPhrase, normalized, words } from './wording.ts';

const refusals =
  /\b(?:i['’]?m (?:really |very |so )?sorry|i am sorry|sorry,? (?:but )?i\b|i apologi[sz]e|i (?:can ?not|can['’]t|could ?n['’]t|won['’]t|will not)\s+(?:help|assist|do|provide|fulfil|comply|rewrite|revise|answer|complete|generate|create|understand|see|find|access|determine|improve|make)|i(?:['’]m| am) (?:not able|unable)|not able to (?:understand|help|assist)|against my (?:guidelines|policy)|es tut mir leid|das kann ich (?:leider )?nicht|ich kann (?:leider |das |dabei )+nicht|je suis désolée?|lo siento|no puedo ayudar|mi dispiace|desculpe)(?!\p{L})/iu;

/** In other words than "I cannot": declining by what one is, is allowed, or is comfortable with. */
const declines =
  /\b(?:(?:i['’]m|i am) (?:just |only )?(?:an? )?(?:ai|artificial intelligence|(?:large )?language model|assistant|chatbot)\b|(?:we|and|but) (?:can ?not|can['’]t|are unable to|am unable to) (?:help|assist|comply|fulfil)|^(?:unfortunately,? )?(?:can ?not|can['’]t|unable to) (?:help|assist|comply|fulfil)|(?:i am|i['’]m) not (?:allowed|permitted|comfortable|supposed)|i (?:do not|don['’]t) feel comfortable|i (?:must|have to|need to|will) (?:respectfully )?decline|i (?:refuse|decline) to|my apologies|beyond my (?:abilities|capabilities)|(?:cannot|can['’]t|can not) be (?:fulfilled|completed|answered) (?:by me|at this time))(?!\p{L})/iu;

export function refusal({ text, reference }: Subject): string | null {
  const found = newMatch(refusals, text, reference) ?? newMatch(declines, text, reference);
  return found !== null && text.toLowerCase().indexOf(found.toLowerCase()) < 80 ? found : null;
}

const turns =
  /(?:^|\n|[.!?]\s)\W{0,3}(?:user|assistant|system|human|ai|bot|model|chatgpt|response|benutzer|assistent)\W{0,2}\s*:/iu;
const turnHeadings = /#{2,}\s*(?:instruction|response|input|user|assistant|human|system)s?\b\s*:?/iu;
const caseLabels = /(?:^|\n|\s)(?:\W{0,2})(?:expected|got)\W{0,2}:/iu;
const casePair = /(?:^|\n)\W{0,3}(?:input|q|question)\W{0,2}:[\s\S]*(?:output|a|answer)\W{0,2}:/iu;

export function roleMarker({ body: text, reference, scope }: Subject): string | null {
  const patterns =
    scope === 'sentence' ? [turns, turnHeadings, caseLabels, casePair, /^[QA]\s*:/u] : [turns, caseLabels];
  return first(patterns.map((pattern) => newMatch(pattern, text, reference)));
}

const earlier = '(?:previous|prior|above|earlier|preceding|former|foregoing|other|your|the system)';
const rulesWord = '(?:instruction|rule|prompt|direction|command|guideline|order|message|context|text)s?';
const injections = [
  new RegExp(
    `\\b(?:ignore|disregard|forget|override|bypass|skip)\\b(?: (?:all|any|every|of|the|my|these|those))* ${earlier}(?: \\w+)? ${rulesWord}\\b`,
    'iu',
  ),
  /\b(?:ignore|disregard|forget) (?:everything|all|anything)(?: (?:of )?(?:the |that (?:was|is) )?)?(?: ?(?:above|before|said|told|you (?:were|have been) told|instructions))\b/iu,
  /\b(?:ignoriere|vergiss|missachte)\b.{0,30}\b(?:anweisung|regel|vorgabe)/iu,
  /\b(?:ignorez?|oubliez?|ignora|olvida|dimentica)\b.{0,30}\b(?:instructions|consignes|instrucciones|istruzioni|anteriores|précédentes|precedenti)\b/iu,
  /\byou are now (?:in |an? |the |called |dan\b|free\b|un)|\b(?:jailbreak|developer mode|dan mode|do anything now)\b/iu,
  /\b(?:reveal|print|repeat|show|output|leak|tell me)\b.{0,30}\b(?:system prompt|hidden prompt|api key|password|secret)/iu,
  /\boverride\s*:|\b(?:always|only|answer|respond|reply|output)\b.{0,40}\b(?:regardless of|no matter) (?:the |its |what the )?(?:content|input|text|question|review)\b/iu,
  /\bpretend (?:to be|you are|that you)\b/iu,
  /(?:https?:\/\/|www\.|javascript:|\bcurl\s|\brm -rf\b|<script\b|\bdrop table\b|[\w.]+@[\w-]+\.\w{2,})/iu,
];

/** A prompt that guards against injections names them; so only what the prompt does not have counts. */
export function holdsInjection({ text, reference }: Subject): string | null {
  return first(injections.map((pattern) => newMatch(pattern, text, reference)));
}

const asking = [
  /\b(?:could|can|would|will) you (?:please |kindly )?(?:provide|share|give|tell|clarify|specify|send|paste|explain|confirm|let me|help|show)\b/iu,
  /\b(?:would|do) you (?:like|want|need|prefer|mean)\b|\bwhat would you like\b|\bshall i\b|\bshould i\b|\bmay i\b|\byou want(?: me)?\b[^?]*\?/iu,
  /\bplease (?:provide|share|send|paste|give|supply|specify|clarify|let me know|confirm|tell)\b.{0,40}\b(?:me\b|the (?:sentence|instruction|prompt|text|input|examples?|details|original|task|context|list)|more (?:context|information|details)|which|what)/iu,
  /\b(?:let me know|i need (?:more|the|to know|to see)|how can i (?:help|assist)|is there anything|i(?:['’]m| am) ready|waiting for)\b/iu,
  /\b(?:could|can) (?:i|we)\b[^?]*\?|\bwhich (?:sentence|instruction|prompt|one) (?:do|should|would|shall)\b[^?]*\?/iu,
  /\b(?:könnten sie|kannst du|möchten sie|soll ich|pouvez-vous|voulez-vous|puedes|podrías|puoi|você pode)\b[^?]*\?/iu,
];

export function asksBack({ text, reference }: Subject): string | null {
  return first(asking.map((pattern) => newMatch(pattern, text, reference)));
}

const statedAnswer =
  /^(?:so,? |thus,? |therefore,? |hence,? )?(?:the )?(?:(?:correct|right|final|expected|best) )?(?:answer|output|result|solution|label|category|sentiment|total|antwort|lösung|réponse|respuesta)(?: (?:is|here is|would be|should be|must be|ist|est|es)\b|\s*:|\s*=)\W*(.*)$/iu;
const closingAnswer =
  /[,;:.]\s(?:so )?(?:the |your )?(?:correct |right |final )?(?:answer|output|result|label) (?:is|must be)\W*(.{1,40})$/iu;
const labelledAnswer = /[.;]\s(?:answer|label|output)\s*:\s*(.{1,40})$/iu;
const leadingVerdict = /^(?:yes|no|true|false|ja|nein|oui|non|sí)[,.!:–—]\s+\S/iu;
const arithmetic = /\d\s*[-+*×/·]\s*\d[\d\s.,]*\s*=\s*-?\d|(?:^|\s)=\s*-?\d+(?:\s|$|\.)/u;
const conclusion =
  /^(?:so|thus|therefore|hence|in total|altogether)\b,? .*\b(?:is|are|=|there (?:is|are))\b/iu;

/** "B", "(B)", "12", "3/4/2021" or a label: an answer and nothing else. */
function isBareAnswer(text: string, labels: readonly string[]): boolean {
  const plain = normalized(text);
  if (
    /^[\d\s.,:/%$€+-]+$/u.test(text) ||
    words(text).every((word) => /^[a-z\d]$/u.test(word)) ||
    /^[^\p{L}]*\p{L}[^\p{L}]*$/u.test(text)
  )
    return true;
  return labels.some((label) => normalized(label) === plain);
}

function namesOneLabel(text: string, labels: readonly string[]): boolean {
  const named = new Set(labels.filter((label) => holdsPhrase(text, label)).map(normalized));
  return named.size === 1 && words(text).length <= 4;
}

function statesAnswer(text: string, labels: readonly string[]): boolean {
  const stated = [statedAnswer, closingAnswer].map((pattern) => pattern.exec(text)?.[1] ?? '');
  if (namesOneLabel(labelledAnswer.exec(text)?.[1] ?? '', labels)) return true;
  return stated.some((part) => part !== '' && (isBareAnswer(part, labels) || namesOneLabel(part, labels)));
}

/** A whole prompt is too long to be an answer; a sentence often is one. */
export function answersTask({
  body: text,
  scope,
  original,
  reference,
  choices,
  failures,
}: Subject): string | null {
  const labels = [...choices, ...failures.flatMap(({ expected, got }) => [expected, got])].filter(
    (label) => normalized(label) !== '',
  );
  if (isBareAnswer(text, labels) || statesAnswer(text, labels)) return text;
  if (scope === 'prompt') return null;
  const opens = labels.some((label) => text.toLowerCase().startsWith(`${label.toLowerCase()}, because`));
  if (opens || (leadingVerdict.test(text) && !leadingVerdict.test(original ?? ''))) return text;
  return newMatch(arithmetic, text, reference) ?? newMatch(conclusion, text, reference);
}

const selfTalk =
  /\b(?:as an ai\b|as a (?:large )?language model|i(?:['’]ve| have) (?:revised|rewritten|changed|rewrote|made|added|improved|updated|reworded|simplified|kept|tried)|i (?:revised|rewrote|changed|added|improved|updated|reworded|simplified|replaced|clarified)|ich habe (?:den|die|das) .{0,40}(?:geändert|überarbeitet|umformuliert))\b/iu;
const aboutRewriting =
  /\b(?:(?:revised|rewritten|reworded|rephrased|improved|updated|original|new|previous|current|given) (?:sentence|instruction|prompt|version|wording)|(?:rewrite|revise|rephrase|reword|improve|paraphrase|shorten) (?:this|the|that|only this|your) (?:sentence|instruction|prompt)|(?:this|the) (?:revision|rewrite|rewording|rewritten)|(?:a|one|another) sentence (?:that|to|about|which)|(?:ask|tell) the model|failed cases?|failure cases?|failing (?:cases?|examples?|inputs?)|inputs above|examples above|cases above|optimizer|meta-?prompt|überarbeitete[rn]? (?:satz|fassung|anweisung))\b/iu;
const opening =
  /^(?:sure|certainly|of course|here (?:is|are)\b|here['’]s|okay,|ok,|i (?:will|would|think|understand|see|believe|suggest|need|have)\b|i['’](?:ll|m|d|ve)\b|my (?:answer|suggestion|revision)|to (?:improve|revise|rewrite|fix) (?:the|this)|the (?:model|llm|assistant) (?:got|failed|made|seems|answered|gave|is|was|did|does)|let me\b|looking at\b|based on the (?:failed|failures|errors|cases|examples)|thank you|thanks)/iu;
const theSentence =
  /\b(?:the|this) (?:sentence|instruction) (?:should|is|was|needs|must|could|has|does|now|lacks|says|above|below)\b/iu;

/** Tasks about sentences may talk of sentences: what the prompt or a shown input says counts as the task's words. */
export function metaTalk({ body: text, reference, failures }: Subject): string | null {
  const task = [reference, ...failures.map(({ input }) => input)].join('\n');
  if (Object.values(demonstrations).some((shown) => normalized(text) === normalized(shown))) return text;
  const ofTask = /\bsentences?\b/iu.test(task);
  return (
    newMatch(selfTalk, text, reference) ??
    newMatch(aboutRewriting, text, task) ??
    newMatch(opening, text, reference) ??
    (ofTask ? null : newMatch(theSentence, text, task))
  );
}

function first(found: readonly (string | null)[]): string | null {
  return found.find((match) => match !== null) ?? null;
}
