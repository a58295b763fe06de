/**
 * How much faster the same decisions are made here than by the obvious code. Every figure compares two things in the
 * same process, alternating; the median counts.
 */
import { mean } from '../src/core/arithmetic.ts';
import { dualPhasePresets } from '../src/core/dual-phase/options.ts';
import { median } from './figures.ts';
import { buildApp, firstLoadKB, measureHistory } from './speed/app.ts';
import { launch, openBenchPage, type BenchPage } from './speed/chromium.ts';
import { figureOf, type Figure } from './speed/figure.ts';
import { compareRuns, type Compared } from './speed/runs.ts';
import { firstTold } from './speed/time-left.ts';
import { webLlmFigures } from './speed/webllm.ts';

export const title = 'Speed: the same decisions, against the obvious code';

const rounds = 5;
const first = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

/** SmolLM2-135M (Q8_0) with the CPU engine on one thread of a small server: 17 tokens read and 13 written per second. */
const slowCosts = { prefillMs: 1000 / 17, decodeMs: 1000 / 13 };
/** What the simulated model records: a small model on the graphics card of an ordinary laptop. */
const quickCosts = { prefillMs: 1000 / 600, decodeMs: 1000 / 40 };

const ratios = <T>(items: readonly T[], ratio: (item: T) => number): number[] => items.map(ratio);

/** The model is so small that a call is hardly more than its own costs, and these cannot be saved. */
function whyShort(measured: readonly { ms: number; engineMs: number }[]): string {
  const [all, engine] = [
    median(ratios(measured, ({ ms }) => ms)),
    median(ratios(measured, (one) => one.engineMs)),
  ];
  return `Short where the machine is busy: of ${all.toFixed(0)} ms for all answers the engine worked ${engine.toFixed(0)}, the rest is the way to its worker and back, which is the same either way`;
}

async function engineFigure(page: BenchPage): Promise<Figure> {
  const measured = await page.measure('measureReuse', rounds);
  const promptTokens = median(ratios(measured, (round) => round.promptTokens));
  const prefixTokens = median(ratios(measured, (round) => round.prefixTokens));
  const isSame = measured.every((round) => round.isSame);
  const figure = figureOf({
    figure: 'CPU engine (wllama), 40 inputs under one instruction: plain / ours',
    values: ratios(measured, ({ naiveMs, ms }) => naiveMs / ms),
    atLeast: 4,
    how: `generated test model, greedy; prompts of ${promptTokens} tokens, ${prefixTokens} of them shared, 4 written; answers ${isSame ? 'equal' : 'DIFFERENT'}`,
  });
  const isMet = figure.isMet === true && isSame;
  return isMet ? figure : { ...figure, isMet, how: `${figure.how}. ${whyShort(measured)}` };
}

function sameOrNot(compared: readonly Compared[]): string {
  const different = compared.filter(({ isSame }) => !isSame).length;
  return different === 0 ? 'decisions identical in all' : `decisions DIFFERENT in ${different}`;
}

/** The ratio of the means: what a run takes on average. */
async function callsFigure(): Promise<Figure> {
  const compared = await compareRuns(first(10), slowCosts, dualPhasePresets.paper.options);
  const naive = mean(ratios(compared, ({ naiveCalls }) => naiveCalls));
  const ours = mean(ratios(compared, ({ calls }) => calls));
  const single = median(ratios(compared, ({ naiveCalls, calls }) => naiveCalls / calls));
  return figureOf({
    figure: 'Task calls of a search as published: every example asked every time / ours',
    values: [naive / ours],
    atLeast: 1.7,
    how: `simulated model, 8 tasks × 10 seeds, ${sameOrNot(compared)}; ${Math.round(naive)} and ${Math.round(ours)} calls a run on average, median of the single runs ${single.toFixed(2)}`,
  });
}

async function runFigure(): Promise<Figure> {
  const compared = await compareRuns(first(5), slowCosts, {});
  const figure = figureOf({
    figure: 'Whole run, virtual clock: plain / ours',
    values: ratios(compared, ({ naiveMs, ms }) => naiveMs / ms),
    atLeast: 5,
    how: `default method, 8 tasks × 5 seeds, ${sameOrNot(compared)}; nobody waited: time is tokens × 59 ms read, 77 ms written (a 135M model on one CPU thread)`,
  });
  if (figure.isMet) return figure;
  const why = `of a request of about 180 tokens, about 70 (the example, the answer's form) are its own and are read either way, and the answers are written either way; the report on the test split can skip no example`;
  return { ...figure, how: `${figure.how}. Short because ${why}` };
}

async function overheadFigure(page: BenchPage): Promise<Figure> {
  const measured = await page.measure('measureOverhead', 'dates', first(rounds), quickCosts);
  return figureOf({
    figure: 'Optimizer and storage / model time',
    values: ratios(measured, ({ overheadMs, modelMs }) => overheadMs / modelMs),
    atMost: 0.02,
    digits: 4,
    how: `whole runs of about ${Math.round(median(ratios(measured, ({ calls }) => calls)))} calls with IndexedDB in Chromium; model time is virtual (600 tokens read, 40 written per second, prefixes kept)`,
  });
}

async function timeLeftFigure(): Promise<Figure> {
  const told = await firstTold('dual-phase', first(5), quickCosts);
  const errors = ratios(told, ({ expected, real }) => Math.abs(expected - real) / real);
  const within = errors.filter((error) => error <= 0.25).length;
  return figureOf({
    figure: 'Time left as told after the first step: off by, as a share',
    values: errors,
    atMost: 0.25,
    how: `median; default method, 8 tasks × 5 seeds, virtual clock; within a quarter in ${within} of ${told.length} runs. In the others the search found more steps, or fewer, than the one that is expected; the page also says how long it takes if all steps are taken`,
  });
}

async function importFigure(page: BenchPage): Promise<Figure> {
  const measured = await page.measure('measureImport', 100_000, rounds);
  const { importMs, parseMs } = {
    importMs: median(ratios(measured, (round) => round.importMs)),
    parseMs: median(ratios(measured, (round) => round.parseMs)),
  };
  const figure = figureOf({
    figure: 'CSV of 100,000 rows: import / bare parser',
    values: ratios(measured, (round) => round.importMs / round.parseMs),
    atMost: 3,
    how: `text to dataset in Chromium ${Math.round(importMs)} ms, Papa Parse alone ${Math.round(parseMs)} ms`,
  });
  if (figure.isMet) return figure;
  return {
    ...figure,
    how: `${figure.how}. Over because an import also finds duplicates and conflicts, names every row by a hash, and infers metric and labels; it runs in a worker`,
  };
}

export async function run(): Promise<Figure[]> {
  const folder = buildApp();
  const browser = await launch();
  try {
    const page = await openBenchPage(browser);
    const [engine, overhead, importing] = [
      await engineFigure(page),
      await overheadFigure(page),
      await importFigure(page),
    ];
    await page.close();
    const openings = await measureHistory(browser, folder, 1000, rounds);
    return [
      engine,
      ...webLlmFigures(),
      await callsFigure(),
      await runFigure(),
      await timeLeftFigure(),
      overhead,
      figureOf({
        figure: 'First load',
        values: [firstLoadKB(folder)],
        atMost: 100,
        unit: 'KB',
        digits: 1,
        how: 'JS and CSS of the first visit after gzip',
      }),
      importing,
      figureOf({
        figure: 'Opening History with 1,000 runs',
        values: ratios(openings, ({ ms }) => ms),
        atMost: 200,
        unit: 'ms',
        digits: 0,
        how: 'from the click to the frame with the table; the worker reads all stored runs on every visit, and tells the page what changed',
      }),
      figureOf({
        figure: 'Longest task while History opens',
        values: ratios(openings, ({ longestTaskMs }) => longestTaskMs),
        atMost: 50,
        unit: 'ms',
        digits: 0,
        how: '0 where no task took 50 ms; the first list arrives in one message, which the page has to unpack',
      }),
    ];
  } finally {
    await browser.close();
  }
}
