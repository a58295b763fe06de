/** What each metric takes for the answer, as JavaScript that follows the reader's and ends in `return`. */
import { synonymsOf } from '../../core/evaluate/label-pairs.ts';
import { numberDenialPattern } from '../../core/evaluate/mention.ts';
import { numeralPattern } from '../../core/evaluate/metrics/number.ts';
import {
  alonePattern,
  bracketedPattern,
  denialPattern,
  leadingPattern,
  leadingWordPattern,
  namedPattern,
  praisedPattern,
  qualifiersPattern,
} from '../../core/evaluate/metrics/option-letters.ts';
import { goesOnPattern, ofAnswerPattern } from '../../core/evaluate/metrics/yes-no.ts';
import { escapePattern } from '../../core/evaluate/normalize-text.ts';
import { digitWords, scales, wordValues } from '../../core/evaluate/number-words.ts';
import { flat } from './plain-text.ts';

const json = JSON.stringify;

/** Whole words, the longest first: "not the same" before "same". */
function wordsPattern(words: readonly string[]): string {
  const longestFirst = words.filter((word) => word !== '').sort((a, b) => b.length - a.length);
  const source = longestFirst.map((word) => escapePattern(word).replace(/\s+/g, '\\s+')).join('|');
  return String(new RegExp(`(?<![\\p{L}\\p{N}_])(?:${source})(?![\\p{L}\\p{N}_])`, 'giu'));
}

export function labelAnswer(labels: readonly string[]): string {
  return String.raw`
const labels = ${json(labels)};
const labelOf = (text) => labels.find((label) => plain(label).toLowerCase() === plain(text).toLowerCase());
return firstOf((line, isMarked) => {
  const found = mentions(line, ${wordsPattern(labels)}).filter(({ negated }) => !negated);
  return labelOf(line) ?? choose(line, found.map((one) => ({ ...one, label: labelOf(one.name) })), isMarked)?.label ?? null;
});
`;
}

export function yesNoAnswer(pair: readonly [string, string]): string {
  const meanings = Object.fromEntries(
    pair.flatMap((label) => [label, ...synonymsOf(label)].map((word) => [flat(word).toLowerCase(), label])),
  );
  const others = pair.flatMap(synonymsOf);
  const synonyms = others.length === 0 ? '[]' : `saidIn(line, ${wordsPattern(others)})`;
  return String.raw`
const meanings = ${json(meanings)}; // other words for a label count where no label is said
const pair = ${json(pair)};
// "no way" and "the correct answer" say nothing.
const isSaid = (line, { name, end }) => !${String(ofAnswerPattern)}.test(line.slice(end)) &&
  !(name === 'no' && /^\s+\p{L}/u.test(line.slice(end)) && !${String(goesOnPattern)}.test(line.slice(end)));
const saidIn = (line, pattern) => mentions(line, pattern).filter((one) => isSaid(line, one)).map((one) => ({ ...one, label: meanings[flat(one.name).toLowerCase()] }));
return firstOf((line, isMarked) => {
  const own = saidIn(line, ${wordsPattern(pair)});
  const others = own.length === 0 && (isMarked || words(line).length <= 6) ? ${synonyms} : [];
  const chosen = choose(line, own.length > 0 ? own : others, isMarked);
  if (chosen === null) return null;
  return chosen.negated ? pair.find((label) => label !== chosen.label) : chosen.label; // "not valid" is the other one
});
`;
}

/**
 * @param last the last letter that an answer may be
 * @param texts option text to letter
 * @param inBrackets whether the letters are expected as "(B)"
 */
export function letterAnswer(last: string, texts: ReadonlyMap<string, string>, inBrackets: boolean): string {
  const clear = [bracketedPattern, leadingPattern, namedPattern, praisedPattern].map(String);
  const alone = [leadingWordPattern, alonePattern].map(String);
  const byText = Object.fromEntries([...texts].map(([text, letter]) => [flat(text).toLowerCase(), letter]));
  const [textsCode, otherwise] =
    texts.size === 0
      ? ['', 'null']
      : [
          `\nconst texts = ${json(byText)};
const only = ([letter, ...others]) => letter !== undefined && others.every((other) => other === letter) ? shape(letter) : null;`,
          `only(mentions(line, ${wordsPattern([...texts.keys()])}).map(({ name }) => texts[flat(name).toLowerCase()]))`,
        ];
  return String.raw`
const shape = (letter) => ${inBrackets ? "'(' + letter.toUpperCase() + ')'" : 'letter.toUpperCase()'};
const clear = [${clear.join(', ')}];
const alone = [${alone.join(', ')}]; // a bare letter counts behind a mark only${textsCode}
const denial = ${String(denialPattern)};
const lettersIn = (line, pattern) => {
  const found = mentions(line, pattern).filter(({ name }) => name.toUpperCase() <= '${last}').map((one) => ({ ...one, label: shape(one.name) }));
  // "(A) and (B) are wrong" denies both
  for (const [place, one] of [...found.entries()].reverse()) {
    const next = found[place + 1];
    one.negated ||= denial.test(line.slice(one.end, one.end + 200)) || (next?.negated === true && joint.test(line.slice(one.end, next.start)));
  }
  return found;
};
return firstOf((whole, isMarked) => {
  const line = whole.replace(${String(qualifiersPattern)}, '');
  for (const pattern of isMarked ? [...clear, ...alone] : clear) {
    const found = lettersIn(line, pattern);
    if (found.length > 0) return choose(line, found.filter(({ negated }) => !negated), isMarked)?.label ?? null;
  }
  return ${otherwise};
});
`;
}

/** @param hasPoints whether "9/10" may be nine points: where whole numbers are expected */
export function numberAnswer(hasPoints: boolean): string {
  const points = hasPoints
    ? String.raw`
  const points = /^(\d+)\/(?:5|10|100)$/.exec(digits)?.[1];
  if (points !== undefined) return points;`
    : '';
  return String.raw`
const values = ${json(Object.fromEntries(wordValues))};
const scales = ${json(scales)};
const digits = ${json(digitWords)};
const word = [...Object.keys(values), 'hundred', ...Object.keys(scales)].join('|');
const inWords = new RegExp('\\b(minus\\s+|negative\\s+)?((?:' + word + ')(?:(?:[\\s-]+and)?[\\s-]+(?:' + word + '))*)(?:\\s+point((?:\\s+(?:' + digits.join('|') + '))+))?\\b', 'gi');
const fromWords = ([, sign, whole, decimals]) => {
  let [total, group] = [0, 0];
  for (const name of whole.toLowerCase().split(/[\s-]+/)) {
    if (name in scales) [total, group] = [total + Math.max(group, 1) * scales[name], 0];
    else group = name === 'hundred' ? Math.max(group, 1) * 100 : group + (values[name] ?? 0);
  }
  const behind = decimals === undefined ? '' : '.' + decimals.trim().toLowerCase().split(/\s+/).map((name) => values[name]).join('');
  return (sign ? '-' : '') + String(total + group) + behind;
};
const numeral = ${String(numeralPattern)};
const denied = ${String(numberDenialPattern)};
// All numbers of a text but those denied: "42 (not 43)".
const numbersIn = (text) => {
  const numerals = [...text.matchAll(numeral)];
  const found = numerals.length > 0 ? numerals : [...text.matchAll(inWords)];
  let wasDenied = false;
  return found.filter(({ index }, place) => {
    const before = found[place - 1];
    const between = before === undefined ? '' : text.slice(before.index + before[0].length, index);
    return !(wasDenied = denied.test(text.slice(0, index).replaceAll('’', "'")) || (wasDenied && /^[,\s]*n?or\s+[$€£¥]?$/i.test(between)));
  }).map((one) => numerals.length > 0 ? one[0].replace(/[,$€£¥]|\s(?!\d+\/)|(?<=\/)\s/g, '').replaceAll('−', '-').replace(/^--/, '-') : fromWords(one));
};
const valueIn = (digits) => {${points}
  const [, sign, whole, top, bottom] = /^(-?)(?:(\d+)\s+)?(\d+)\/(\d+)$/.exec(digits) ?? [];
  return String(bottom === undefined ? Number(digits) : Number(sign + '1') * (Number(whole ?? 0) + top / bottom));
};
const result = (line) => line.slice(line.lastIndexOf('=') + 1);
return firstOf((given, isMarked) => {
  const line = given.replace(/\{,\}|\\,/g, ',').replace(/\\\$/g, '$');
  const isEquation = /^[\s\d.,+\-−*/×÷·^()[\]$%]*=/.test(line) || /^\s*[a-z]\w?\s*=/i.test(line);
  const text = isMarked && isEquation ? result(line) : line;
  const found = isMarked ? (numbersIn(text.split(/[.!?;]\s/)[0])[0] ?? numbersIn(text)[0])
    : (line.includes('=') ? numbersIn(result(line))[0] : undefined) ?? numbersIn(line).at(-1);
  return found === undefined ? null : valueIn(found);
});
`;
}

const own = String.raw`
const own = marked.length > 0 ? linesOf(marked[0]) : lines;
const withoutLead = (line) => line.replace(/^[^:\n]*[^:\d\s]\s*:\s+(?=\S)/, '');`;

/**
 * Bulleted lines belong together; else the list is a line. Items are what commas part.
 * @param bySpaces whether spaces part the items where there are no commas
 */
export function listAnswer(bySpaces: boolean): string {
  const separator = bySpaces ? 'separator.test(items) ? separator : /\\s+/' : 'separator';
  return String.raw`${own}
const bullet = /^(?:[-*•]|\d{1,3}[.)])\s+/;
const isProse = (line) => /[\p{L}\p{N})\]"'][.!?]\s+\p{L}/u.test(line) || /:\s/.test(withoutLead(line));
const isSentence = (line) => isProse(line) || /[.!?:]$/.test(line);
const lastBullet = own.findLastIndex((line) => bullet.test(line));
const firstOther = own.findIndex((line) => !bullet.test(line));
const before = own.slice(0, lastBullet + 1);
const block = marked.length > 0 ? own.slice(0, firstOther < 0 ? undefined : firstOther)
  : own.slice(lastBullet + 1).every(isSentence) ? before.slice(before.findLastIndex((line) => !bullet.test(line)) + 1) : [];
const opened = own.length > 1 && !isSentence(first) ? first : '';
const one = marked.length > 0 ? own[0] : isProse(last) ? opened : withoutLead(unframed(last));
const list = block.length > 1 ? block.map((line) => plain(line.replace(bullet, ''))).join(', ') : plain(one);
const items = flat(list.split(/(?<=[.!?])\s+(?=\p{Lu})/u)[0]).replace(/\.$/, '').replace(/^[[({](.*)[\])}]$/, '$1').replace(/,\s*and\s+(?=[^,\s])/gi, ', ');
const separator = /\s*[,;|<>]\s*|\s*(?:->|→)\s*/;
return items.split(${separator}).map((item) => plain(item).toLowerCase()).filter(Boolean).join(', ');
`;
}

/** Nothing but brackets and what parts them; reasoning about brackets is no answer. */
export const bracketsAnswer = String.raw`${own}
const only = (text) => /^[()[\]{}<>\s,.;'"\x60]+$/.test(text) ? text.replace(/[^()[\]{}<>]/g, '') : '';
const leading = /^["'\x60\s]*([()[\]{}<>](?:[\s,]*[()[\]{}<>])*)/.exec(own[0] ?? '')?.[1] ?? '';
return (marked.length > 0 ? only(own[0]) || only(leading) : only(withoutLead(unframed(last))) || only(first)) || '(no answer)';
`;

/** All of what stands behind the mark, or of the reply. */
export const textInJavaScript = String.raw`(marked.length > 0 ? linesOf(marked[0]) : lines).join('\n')`;

/** The last object that a part of the reply holds as a whole; the text where there is none. */
export const objectAnswer = String.raw`
const isObject = (text) => { try { const value = JSON.parse(text); return typeof value === 'object' && value !== null && !Array.isArray(value); } catch { return false; } };
const lastObject = (text) => {
  let [found, from] = [null, 0];
  for (let start = text.indexOf('{'); start >= 0; start = text.indexOf('{', from)) {
    from = start + 1;
    for (let end = text.indexOf('}', start); end >= 0; end = text.indexOf('}', end + 1)) {
      if (!isObject(text.slice(start, end + 1))) continue;
      [found, from] = [text.slice(start, end + 1), end + 1];
      break;
    }
  }
  return found;
};
const texts = [...marked.map(linesOf), lines].map((own) => own.join('\n'));
return texts.map(lastObject).find((found) => found !== null) ?? texts[0];
`;
