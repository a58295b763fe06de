import { describe, expect, it } from 'vitest';
import { scoreAnswer } from '../../../src/core/evaluate/score-answer.ts';
import type { Metric, Task } from '../../../src/core/types.ts';
import { toDspy } from '../../../src/data/export/dspy.ts';
import { dspyMetric } from '../../../src/data/export/dspy-metric.ts';
import { toJavaScript } from '../../../src/data/export/javascript.ts';
import { toPython } from '../../../src/data/export/python.ts';
import { promptOf } from '../../../src/data/export/result.ts';
import { requestTemplate } from '../../../src/data/export/request-template.ts';
import { scoringInWords } from '../../../src/data/export/scoring.ts';
import { cases, replies } from './metric-cases.ts';
import { hasPython, runPython, verdicts } from './python-run.ts';
import { resultWith, task } from './sample-result.ts';

const taskOf = (metric: Metric, choices: readonly string[]): Task => ({ ...task, metric, choices });

const expressible = cases.flatMap(([metric, choices, right, wrong]) => {
  const code = dspyMetric(taskOf(metric, choices));
  return code === null ? [] : [{ metric, choices, right, wrong, code }];
});

describe('the metric for DSPy', () => {
  it.skipIf(!hasPython)('agrees with the run on every form of a reply (skipped without python3)', () => {
    const kinds = new Set(expressible.map(({ metric }) => metric.kind));
    expect(kinds).toEqual(new Set(cases.map(([metric]) => metric.kind)));
    const asked = expressible.map(({ code, right, wrong }) => ({
      code,
      target: right,
      alternatives: [],
      replies: [...replies(right), ...replies(wrong)],
    }));
    const given = verdicts(asked);
    expressible.forEach(({ metric, choices, right }, index) => {
      const all = asked[index]?.replies ?? [];
      const expected = all.map((output) => scoreAnswer({ output, target: right, metric, choices }).correct);
      expect({ metric, said: given[index] }).toEqual({ metric, said: expected });
    });
  });

  it.skipIf(!hasPython)(
    'takes one of several right answers, or asks for all (skipped without python3)',
    () => {
      const both = { target: 'blue', alternatives: ['whale'], replies: ['a blue fish', 'a blue whale'] };
      const codes = [{ kind: 'contains' } as const, { kind: 'contains', all: true } as const].map(
        (metric) => dspyMetric(taskOf(metric, [])) ?? '',
      );
      expect(verdicts(codes.map((code) => ({ ...both, code })))).toEqual([
        [true, true],
        [false, true],
      ]);
    },
  );

  it.skipIf(!hasPython)('gives the score itself where part of an answer may be right', () => {
    const code = dspyMetric(taskOf({ kind: 'token-f1', solvedFrom: 0.8 }, [])) ?? '';
    const scores = runPython(`
import json, re, types, unicodedata
${code}
example = types.SimpleNamespace(answer="Denver Broncos")
reply = types.SimpleNamespace(answer="Answer: the Broncos")
print(json.dumps([metric(example, reply), metric(example, reply, [])]))`);
    expect(scores).toEqual([2 / 3, false]);
  });

  it.each<Metric>([
    { kind: 'javascript', code: 'true' },
    { kind: 'judge', rubric: 'x' },
    { kind: 'self-consistency', samples: 3, answers: { kind: 'exact' } },
    { kind: 'regex', pattern: '\\p{L}' },
  ])('is left out where it cannot be put into a few lines, and the file says so: %j', (metric) => {
    const result = resultWith({ metric });
    const code = toDspy(result, requestTemplate(result.task, promptOf(result), []));
    expect(code).not.toContain('def metric');
    expect(code).toContain('write the metric function for DSPy yourself');
  });
});

describe('how answers were scored', () => {
  it.each(cases)('stands at the head of every snippet: %j', (metric, choices) => {
    const result = resultWith({ metric, choices });
    const template = requestTemplate(result.task, promptOf(result), []);
    for (const sentence of scoringInWords(result.task))
      for (const write of [toPython, toDspy, toJavaScript])
        expect(write(result, template)).toContain(sentence);
  });

  it('stays a comment whatever a rubric says', () => {
    const result = resultWith({ metric: { kind: 'judge', rubric: 'Good?\nimport os\u2028process.exit()' } });
    const template = requestTemplate(result.task, promptOf(result), []);
    for (const write of [toPython, toDspy, toJavaScript])
      expect(write(result, template)).toMatch(/^(?:#|\/\/) .*rubric: Good\? import os process\.exit\(\)$/m);
  });

  it('says from what score on an example is solved', () => {
    const metric = { kind: 'levenshtein', solvedFrom: 0.9 } as const;
    expect(scoringInWords({ metric, choices: [] })).toContain('An example counts as solved from 0.9 on.');
  });
});
