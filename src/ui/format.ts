/** Figures as the page writes them. */
import type { Interval } from '../core/report.ts';

const noBreak = '\u00a0';

/** Halves away from zero, also those that binary fractions fall just short of (0.575 × 100 is 57.49…). */
function rounded(value: number): number {
  return Math.sign(value) * Math.round(Math.abs(value) + 1e-9);
}

/** “72 %” */
export function inPercent(share: number): string {
  return `${rounded(share * 100)}${noBreak}%`;
}

/** “95.3 %”, where whole percents would hide a difference. */
export function inTenths(share: number): string {
  return `${(rounded(share * 1000) / 10).toFixed(1)}${noBreak}%`;
}

/** “58–83”, in percent. */
export function intervalInWords({ low, high }: Interval): string {
  return `${rounded(low * 100)}–${rounded(high * 100)}`;
}

/** “+14 points”, “−3 points”, “±0 points”. */
export function inPoints(share: number): string {
  const points = rounded(share * 100);
  const sign = points > 0 ? '+' : points < 0 ? '−' : '±';
  return `${sign}${Math.abs(points)} ${Math.abs(points) === 1 ? 'point' : 'points'}`;
}

export interface Change {
  readonly from: string;
  readonly to: string;
  readonly points: string;
}

/**
 * Two shares and their difference: in whole percents where the figures as they are shown are that far apart, else with
 * one decimal, where the difference is that of the shown figures.
 */
export function inChange(from: number, to: number): Change {
  const whole = rounded(to * 100) - rounded(from * 100);
  const isWhole = whole === rounded((to - from) * 100) && (whole !== 0 || from === to);
  if (isWhole) return { from: inPercent(from), to: inPercent(to), points: inPoints(whole / 100) };
  return { from: inTenths(from), to: inTenths(to), points: tenthsBetween(from, to) };
}

/** “+31.7 points”: the difference of two shares as `inTenths` shows them. */
export function tenthsBetween(from: number, to: number): string {
  const tenths = rounded(to * 1000) - rounded(from * 1000);
  const sign = tenths > 0 ? '+' : tenths < 0 ? '−' : '±';
  return `${sign}${(Math.abs(tenths) / 10).toFixed(1)} points`;
}

/** “p = 0.031”, “p < 0.001” */
export function pInWords(p: number): string {
  const said = p < 0.001 ? '< 0.001' : `= ${p.toFixed(p < 0.1 ? 3 : 2)}`;
  return `p ${said}`.replaceAll(' ', noBreak);
}

export function count(value: number): string {
  return value.toLocaleString('en');
}

/** “12 s”, “6 min”, “2 h 5 min” */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
}

/** “880 MB”, “2.5 GB”; in powers of ten, as shops and downloads count. */
export function bytes(value: number): string {
  if (value >= 1e9) return `${(value / 1e9).toFixed(1)} GB`;
  return value >= 1e6 ? `${Math.round(value / 1e6)} MB` : `${Math.max(1, Math.round(value / 1e3))} kB`;
}

/** A text by what makes it another one than `before`: quoted from a few words before the first difference. */
export function quoteChange(before: string, text: string, length = 42): string {
  let same = 0;
  while (same < text.length && text[same] === before[same]) same += 1;
  const from = text.lastIndexOf(' ', Math.max(0, same - 12)) + 1;
  return same >= text.length || text.length <= length || from <= 1
    ? quote(text, length)
    : quote(text.slice(from), length).replace('“', '“… ');
}

/** The beginning of a text in quotation marks, on one line, cut at a word, without its full stop. */
export function quote(text: string, length = 42): string {
  const line = text.replace(/\s+/g, ' ').trim().replace(/\.$/, '');
  if (line.length <= length) return `“${line}”`;
  const cut = line.slice(0, length);
  const atWord = cut.lastIndexOf(' ');
  return `“${cut.slice(0, atWord > length / 2 ? atWord : length)} …”`;
}
