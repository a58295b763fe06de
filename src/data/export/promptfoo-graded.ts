/**
 * Scores between 0 and 1 as JavaScript for promptfoo, which has no assertion for them (its `levenshtein` counts letters
 * and its `rouge-n` other pairs of words). Each is one expression on one line: promptfoo takes several lines for a
 * function body.
 */
import type { ComparedMetric } from '../../core/types.ts';

type Graded = Extract<ComparedMetric, { readonly solvedFrom?: number }>;

const json = JSON.stringify;

/** The best score over all accepted answers. `score` takes two texts. */
function bestOf(definitions: string, score: string, accepted: readonly string[]): string {
  const code = `((targets) => { ${definitions} return Math.max(...targets.map((target) => ${score})); })(${json(accepted)})`;
  return code.replaceAll(/\s*\n\s*/g, ' ');
}

const f1 = String.raw`const tokens = (text) => text.normalize('NFKC').toLowerCase().replace(/[\p{P}\p{S}]/gu, '').split(/\s+/).filter((token) => token && !['a', 'an', 'the'].includes(token));
const f1 = (a, b) => { if (!a.length || !b.length) return Number(a.length === b.length); const left = [...b]; const shared = a.filter((token) => { const at = left.indexOf(token); if (at >= 0) left.splice(at, 1); return at >= 0; }); return (2 * shared.length) / (a.length + b.length); };`;

const rouge = String.raw`const tokens = (text) => text.normalize('NFKC').toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
const rouge = (a, b) => { const row = Array(b.length + 1).fill(0); for (const token of a) { let diagonal = 0; for (let j = 1; j <= b.length; j += 1) { const above = row[j]; row[j] = token === b[j - 1] ? diagonal + 1 : Math.max(above, row[j - 1]); diagonal = above; } } return a.length ? (2 * row[b.length]) / (a.length + b.length) : 0; };
const score = (a, b) => tokens(b).length ? rouge(tokens(a), tokens(b)) : Number(a.trim() === b.trim());`;

function levenshtein(ignoreCase: boolean): string {
  const lower = ignoreCase ? '.toLowerCase()' : '';
  return String.raw`const letters = (text) => Array.from(text.normalize('NFKC').replace(/\s+/g, ' ').trim().replace(/^["'*]+|["'*]+$/g, '').replace(/\.$/, '').trim()${lower});
const similarity = (a, b) => { const row = Array.from({ length: b.length + 1 }, (_, j) => j); a.forEach((letter, i) => { let diagonal = row[0]; row[0] = i + 1; for (let j = 1; j <= b.length; j += 1) { const above = row[j]; row[j] = Math.min(diagonal + (letter === b[j - 1] ? 0 : 1), above + 1, row[j - 1] + 1); diagonal = above; } }); return 1 - row[b.length] / Math.max(a.length, b.length, 1); };`;
}

/** A target that is no JSON object is compared as text, as in the run; else nothing would be asked and all would pass. */
function fields({ weights, ignoreCase }: Extract<Graded, { kind: 'json' }>): string {
  const lower = ignoreCase === true ? '.toLowerCase()' : '';
  return String.raw`const parse = (text) => { try { const value = JSON.parse(text); return typeof value === 'object' && !Array.isArray(value) ? value : null; } catch { return null; } };
const at = (value, path) => value === null || typeof value !== 'object' ? undefined : Object.hasOwn(value, path) ? value[path] : path.includes('.') ? at(value[path.split('.')[0]], path.slice(path.indexOf('.') + 1)) : undefined;
const form = (value) => value === null || typeof value !== 'object' ? String(value).replace(/\s+/g, ' ').trim()${lower} : Array.isArray(value) ? '[' + value.map(form).join() + ']' : '{ ' + Object.keys(value).sort().map((key) => key + ':' + form(value[key])).join() + '}';
const plain = (text) => text.replace(/\s+/g, ' ').trim().replace(/^["'*]+|["'*]+$/g, '').replace(/\.$/, '').trim().toLowerCase();
const lines = output.split('\n').map(plain).filter(Boolean);
const share = (given, target) => { const wanted = parse(target); const all = Object.entries(${weights === undefined ? 'Object.fromEntries(Object.keys(wanted ?? { }).map((name) => [name, 1]))' : json(weights)}).filter(([path, weight]) => weight > 0 && at(wanted, path) !== undefined); const sum = (list) => list.reduce((total, [, weight]) => total + weight, 0); const right = all.filter(([path]) => form(at(given, path)) === form(at(wanted, path))); return !all.length ? Number([lines[0], lines.at(-1)].includes(plain(target))) : right.length === all.length ? 1 : sum(right) / sum(all); };
const given = parse(output) ?? parse(output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1));`;
}

/** @param accepted as in the data: the code brings both sides into one form */
export function gradedCode(metric: Graded, accepted: readonly string[]): string {
  switch (metric.kind) {
    case 'token-f1':
      return bestOf(f1, 'f1(tokens(output), tokens(target))', accepted);
    case 'rouge-l':
      return bestOf(rouge, 'score(output, target)', accepted);
    case 'levenshtein':
      return bestOf(
        levenshtein(metric.ignoreCase ?? false),
        'similarity(letters(output), letters(target))',
        accepted,
      );
    case 'json':
      return bestOf(fields(metric), 'share(given, target)', accepted);
  }
}

export function isGraded(metric: ComparedMetric): metric is Graded {
  return ['token-f1', 'rouge-l', 'levenshtein', 'json'].includes(metric.kind);
}
