import { describe, expect, it } from 'vitest';
import { judgeAgreement, summarizeAgreement } from '../../../src/core/judge/agreement.ts';
import { judgeRequest, readVerdict } from '../../../src/core/judge/judge-request.ts';
import { unlimited } from '../../../src/core/run/meter.ts';
import type { RunSetup } from '../../../src/core/run/run.ts';
import type { JudgedAnswer, Metric, Splits } from '../../../src/core/types.ts';
import { eventsOf, finish } from '../../fixtures/collect.ts';
import { scriptedModel, type Script } from '../../fixtures/scripted-model.ts';
import { answerByLevel, tinySplits, tinyTask } from '../../fixtures/tiny-task.ts';

const rubric = 'The answer says yes or no, and it is right.';
const isJudging = (system: string): boolean => system.startsWith('You check answers');

/** Judges by what the answer says, not by who is right: "Answer: Yes" is good. */
const saysYes: Script = ({ prompt }) => (/Answer: Yes/.test(prompt) ? 'yes' : 'no');

const rows = (good: number, bad: number): JudgedAnswer[] =>
  Array.from({ length: good + bad }, (_, index) => ({
    input: `item ${index}`,
    output: index < good ? 'Answer: Yes' : 'Answer: No',
    isGood: index < good,
  }));

function unlabelled(): Splits {
  const { train, validation, test } = tinySplits();
  const strip = (examples: typeof train): typeof train =>
    examples.map((example) => ({ ...example, target: '' }));
  return { train: strip(train), validation: strip(validation), test: strip(test) };
}

function setup(script: Script, metric: Metric, more: Partial<RunSetup> = {}): RunSetup {
  return {
    method: 'dual-phase',
    task: { ...tinyTask, metric, choices: [] },
    splits: unlabelled(),
    models: { task: scriptedModel(script) },
    seed: 2,
    userPrompt: 'Answer the question with level 4. Think about it first.',
    ...more,
  };
}

/** Answers with "Answer: Yes" below the prompt's level, judges that as good, and raises the level when asked. */
const script: Script = (request) => {
  if (isJudging(request.system)) return saysYes(request);
  if (request.purpose === 'propose')
    return `<sentence>Answer each question with great care at level ${10 + (request.seed % 10)}.</sentence>`;
  const level = Math.max(...[...request.system.matchAll(/level (\d+)/g)].map((match) => Number(match[1])));
  return Number(/item (\d+)/.exec(request.prompt)?.[1]) < level ? 'Answer: Yes' : 'Answer: No';
};

describe('the judge’s question', () => {
  it('limits the reply to yes and no and shows a known answer only where there is one', () => {
    const without = judgeRequest(rubric, { input: 'x', output: 'y', target: '' });
    expect(without.constraint).toEqual({ kind: 'choice', choices: ['yes', 'no'] });
    expect(without.prompt).not.toContain('known to be right');
    expect(judgeRequest(rubric, { input: 'x', output: 'y', target: 'z' }).prompt).toContain(
      'known to be right',
    );
  });

  it('keeps the whole question within a small context window', () => {
    const long = judgeRequest(rubric, { input: 'x'.repeat(9000), output: 'y'.repeat(9000) });
    expect(long.prompt.length).toBeLessThan(4500);
  });

  it.each([
    ['yes', true],
    [' No.', false],
    ['Yes, it does.', true],
    ['yes and no', null],
    ['perhaps', null],
    ['', null],
  ])('reads %j as %s', (reply, verdict) => {
    expect(readVerdict(reply)).toBe(verdict);
  });
});

describe('agreement with a person', () => {
  it('is counted answer by answer, with an interval', async () => {
    const agreement = await judgeAgreement(scriptedModel(saysYes), rubric, rows(6, 4));
    expect(agreement).toMatchObject({ agreed: 10, of: 10, kappa: 1, trust: 'good' });
    expect(agreement.advice).toContain('10 of 10 answers (95 % interval 72 % to 100 %)');
  });

  it('is no reason for trust when the judge always says yes', async () => {
    const agreement = await judgeAgreement(
      scriptedModel(() => 'yes'),
      rubric,
      rows(8, 2),
    );
    expect(agreement).toMatchObject({ agreed: 8, of: 10, kappa: 0, trust: 'none' });
  });

  it('says little when the person only ever said yes', () => {
    const agreement = summarizeAgreement(Array.from({ length: 10 }, () => [true, true]));
    expect(agreement).toMatchObject({ kappa: null, trust: 'some' });
    expect(agreement.advice).toContain('same verdict');
  });

  it('knows that three rows are few', () => {
    expect(
      summarizeAgreement([
        [true, true],
        [false, false],
        [true, true],
      ]).trust,
    ).toBe('some');
  });

  it('counts a verdict that cannot be read as not agreed', async () => {
    const agreement = await judgeAgreement(
      scriptedModel(() => 'well'),
      rubric,
      rows(2, 2),
    );
    expect(agreement.agreed).toBe(0);
  });

  it('asks for labels where there are none', () => {
    expect(summarizeAgreement([])).toMatchObject({ of: 0, trust: 'none' });
    expect(summarizeAgreement([]).advice).toContain('judge some answers yourself');
  });
});

describe('a run that is judged', () => {
  it('improves a prompt without a single label, and says first how far to believe it', async () => {
    const finished = await finish(setup(script, { kind: 'judge', rubric, labelled: rows(5, 5) }));
    expect(finished.report.evaluations.bestValidation.accuracy).toBeGreaterThan(
      finished.report.evaluations.startValidation.accuracy,
    );
    const said = finished.events.findIndex(({ event }) => event.type === 'notice');
    const asked = finished.events.findIndex(({ event }) => event.type === 'evaluation-started');
    expect(eventsOf(finished, 'notice')[0]?.text).toContain('agrees with you on 10 of 10');
    expect(said).toBeLessThan(asked);
  });

  it('warns when nobody’s verdicts were given', async () => {
    const finished = await finish(setup(script, { kind: 'judge', rubric }));
    expect(eventsOf(finished, 'notice')[0]).toMatchObject({ level: 'warning' });
    expect(eventsOf(finished, 'notice')[0]?.text).toContain('compared with nobody');
  });

  it('counts two task calls per example and stays within a budget', async () => {
    const model = scriptedModel(script);
    const metric: Metric = { kind: 'judge', rubric };
    const { report } = await finish(setup(script, metric, { method: 'start-only', models: { task: model } }));
    expect(report.spent.taskCalls).toBe(model.requests.length);
    const budget = { ...unlimited, calls: 91 };
    const { events } = await finish(setup(script, metric, { budget }));
    const search = events.findIndex(
      ({ event }) => event.type === 'phase-started' && event.phase === 'confirmation',
    );
    const spent = events[search]?.spent;
    expect((spent?.taskCalls ?? 0) + (spent?.optimizerCalls ?? 0)).toBeLessThanOrEqual(91);
  });

  it('is the same with eight requests in flight', async () => {
    const metric: Metric = { kind: 'judge', rubric, labelled: rows(2, 2) };
    const one = await finish(setup(script, metric));
    const eight = await finish(
      setup(script, metric, { models: { task: scriptedModel(script, { concurrency: 8 }) } }),
    );
    expect(eight.events).toEqual(one.events);
  });

  it('tells the optimizer model the rubric', async () => {
    const model = scriptedModel(script);
    await finish(setup(script, { kind: 'judge', rubric }, { models: { task: model } }));
    const proposals = model.requests.filter(({ purpose }) => purpose === 'propose');
    expect(proposals.length).toBeGreaterThan(0);
    expect(proposals.every(({ prompt }) => prompt.includes(rubric))).toBe(true);
  });
});

describe('a run by self-consistency', () => {
  const metric: Metric = {
    kind: 'self-consistency',
    samples: 3,
    answers: { kind: 'yes-no', labels: ['Yes', 'No'] },
  };
  /** Sure of itself below the prompt's level, wavering above it. */
  const wavering: Script = (request) => {
    if (request.purpose === 'propose') return script(request);
    return request.seed === 1 || script(request) === 'Answer: Yes' ? 'Answer: Yes' : 'Answer: No';
  };

  it('scores the share of the majority and samples with different seeds', async () => {
    const model = scriptedModel(wavering);
    const { report } = await finish(
      setup(wavering, metric, { method: 'start-only', models: { task: model } }),
    );
    expect(report.evaluations.startValidation).toMatchObject({ correct: 4, asked: 20 });
    expect(report.evaluations.startValidation.accuracy).toBeCloseTo((4 + 16 * (2 / 3)) / 20);
    expect(new Set(model.requests.map(({ seed }) => seed))).toEqual(new Set([1, 2, 3]));
    expect(model.requests.every(({ temperature }) => temperature > 0)).toBe(true);
  });

  it('warns at the start, and measures itself on what labels there are', async () => {
    const labelled = await finish(
      setup(wavering, metric, { splits: tinySplits(), userPrompt: 'Go to level 10.', method: 'start-only' }),
    );
    const texts = eventsOf(labelled, 'notice').map(({ text }) => text);
    expect(texts[0]).toContain('same wrong answer');
    expect(texts.at(-1)).toContain(
      'agreed on 10 labelled validation examples, and the answer was right on 5',
    );
    expect(eventsOf(labelled, 'notice').at(-1)?.level).toBe('warning');
  });

  it('does not speak of labels where there are none', async () => {
    const finished = await finish(setup(wavering, metric, { method: 'start-only' }));
    expect(eventsOf(finished, 'notice')).toHaveLength(1);
  });
});

it('a comparison with labels needs no introduction', async () => {
  const finished = await finish(
    setup(answerByLevel, tinyTask.metric, { splits: tinySplits(), method: 'start-only' }),
  );
  expect(eventsOf(finished, 'notice')).toEqual([]);
});
