/** How answers are compared: chosen, tried out, and stored with a new version of the dataset. */
import { page } from 'vitest/browser';
import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../../src/data/dataset.ts';
import { FakeOptimizer } from './fake-optimizer.ts';
import { expectNoViolations, openApp } from './open-app.ts';

async function change(kind: string, given: Partial<Dataset> = {}): Promise<FakeOptimizer> {
  const optimizer = new FakeOptimizer();
  const { id } = await optimizer.openBuiltIn('object-counting');
  optimizer.datasets.set(id, { ...(await optimizer.getDataset(id)), ...given });
  await openApp(`#/data/${id}`, optimizer);
  await page.getByRole('button', { name: 'Change' }).click();
  await page.getByLabelText('Answers are compared as').selectOptions(kind);
  return optimizer;
}

const metricOf = (optimizer: FakeOptimizer) => [...optimizer.datasets.values()].at(-1)?.metric;
const save = () => page.getByRole('button', { name: 'Save', exact: true });

async function tryOut(target: string, reply: string): Promise<void> {
  await page.getByText('Try it').click();
  await page.getByLabelText('The answer to expect').fill(target);
  await page.getByLabelText('A reply of the model').fill(reply);
}

describe('the metric of a dataset', () => {
  it('shows at once what a typed reply would score', async () => {
    await change('token-f1');
    await tryOut('Denver Broncos', 'Answer: the Broncos');
    await expect.element(page.getByText('Score 0.67: does not count as right.')).toBeVisible();
    await page.getByLabelText('Counts as solved from this score on').fill('0.6');
    await expect.element(page.getByText('Score 0.67: counts as right.')).toBeVisible();
    await expect.element(page.getByText('the Broncos', { exact: true })).toBeVisible();
    await expectNoViolations();
  });

  it('is stored with its threshold', async () => {
    const optimizer = await change('rouge-l');
    await save().click();
    await expect.poll(() => metricOf(optimizer)).toEqual({ kind: 'rouge-l', solvedFrom: 0.5 });
  });

  it('names a pattern that is none, and one that could take for ever', async () => {
    const optimizer = await change('regex');
    await page.getByLabelText('The pattern is').selectOptions('one for all examples');
    const pattern = page.getByLabelText('Pattern', { exact: true });
    await pattern.fill('(');
    await expect.element(page.getByText('The pattern ( cannot be used:', { exact: false })).toBeVisible();
    await expect.element(save()).toBeDisabled();
    await pattern.fill('(?=a)b');
    await expect.element(page.getByText('it looks ahead or behind', { exact: false })).toBeVisible();
    await pattern.fill('^total {{target}}');
    await save().click();
    await expect.poll(() => metricOf(optimizer)).toEqual({ kind: 'regex', pattern: '^total {{target}}' });
  });

  it('says how many expected answers are no patterns', async () => {
    await change('regex', {
      examples: [
        { id: 'a', input: 'x', target: 'a+' },
        { id: 'b', input: 'y', target: '(b' },
      ],
    });
    await expect.element(page.getByText('1 of the first 2 expected answers', { exact: false })).toBeVisible();
  });

  it('takes weights by the names of JSON fields', async () => {
    const optimizer = await change('json');
    await expect
      .element(page.getByText('200 of the first 200 expected answers are no JSON objects', { exact: false }))
      .toBeVisible();
    const weights = page.getByLabelText('Fields and weights, one per line');
    await weights.fill('name 2');
    await expect.element(page.getByText('found “name 2”', { exact: false })).toBeVisible();
    await weights.fill('name: 2\naddress.city: 0.5');
    await save().click();
    await expect
      .poll(() => metricOf(optimizer))
      .toEqual({ kind: 'json', weights: { name: 2, 'address.city': 0.5 } });
  });

  it('names a field with a weight that no expected answer has', async () => {
    await change('json', {
      examples: [
        { id: 'a', input: 'x', target: '{"name": "Ada", "address": {"city": "London"}}' },
        { id: 'b', input: 'y', target: '{"name": "Alan"}' },
      ],
    });
    const weights = page.getByLabelText('Fields and weights, one per line');
    await weights.fill('nosuch: 1');
    await expect
      .element(page.getByText('No expected answer has the field “nosuch”. No other field has a weight,'))
      .toBeVisible();
    await weights.fill('name: 2\nadress.city: 1');
    await expect
      .element(page.getByText('No expected answer has the field “adress.city”. Its weight does not count.'))
      .toBeVisible();
    await expectNoViolations();
    await weights.fill('name: 2\naddress.city: 1');
    await expect.element(page.getByText('No expected answer has', { exact: false })).not.toBeInTheDocument();
  });

  it('offers a pattern between slashes without them, and its flag as what it means', async () => {
    const optimizer = await change('regex');
    await page.getByLabelText('The pattern is').selectOptions('one for all examples');
    await page.getByLabelText('Pattern', { exact: true }).fill('/TECH/i');
    await expect.element(page.getByText('in capitals or not', { exact: false })).toBeVisible();
    await expectNoViolations();
    await page.getByRole('button', { name: 'Take it without the slashes' }).click();
    await expect.element(page.getByLabelText('Pattern', { exact: true })).toHaveValue('TECH');
    await expect
      .element(page.getByText('The slashes are searched for', { exact: false }))
      .not.toBeInTheDocument();
    await save().click();
    await expect
      .poll(() => metricOf(optimizer))
      .toEqual({ kind: 'regex', pattern: 'TECH', ignoreCase: true });
  });

  it('comes back into the form as it was stored', async () => {
    const optimizer = await change('contains');
    await page.getByLabelText('All accepted answers have to be in it').click();
    await save().click();
    await expect.poll(() => metricOf(optimizer)).toEqual({ kind: 'contains', all: true });
    await expect.element(page.getByText('Compared as: Contains.')).toBeVisible();
    await page.getByRole('button', { name: 'Change' }).click();
    await expect.element(page.getByLabelText('All accepted answers have to be in it')).toBeChecked();
  });
});

describe('a metric of one’s own', () => {
  it('is run on a typed reply, and says what is wrong with the code', async () => {
    const optimizer = await change('javascript');
    await tryOut('7', 'It is 8.\nAnswer: 8');
    const code = page.getByLabelText('JavaScript that gives the score');
    await code.fill('1 - Math.abs(Number(answer) - Number(target)) / 2');
    await page.getByRole('button', { name: 'Run the code' }).click();
    await expect.element(page.getByText('Score 0.5: does not count as right.')).toBeVisible();
    await code.fill('nothing.here');
    await page.getByRole('button', { name: 'Run the code' }).click();
    await expect.element(page.getByText('ReferenceError: nothing is not defined')).toBeVisible();
    await expectNoViolations();
    await code.fill('Number(answer) <= Number(target)');
    await save().click();
    await expect
      .poll(() => metricOf(optimizer))
      .toEqual({ kind: 'javascript', code: 'Number(answer) <= Number(target)' });
  });
});

describe('code with a mistake in how it is written', () => {
  it('is not stored, and the field says what is wrong', async () => {
    const optimizer = await change('javascript');
    const before = metricOf(optimizer);
    const code = page.getByLabelText('JavaScript that gives the score');
    await code.fill('return answer === ;');
    await save().click();
    await expect.element(page.getByText("SyntaxError: Unexpected token ';'")).toBeVisible();
    await expect.element(code).toHaveAttribute('aria-invalid', 'true');
    await expect.element(save()).toBeDisabled();
    expect(metricOf(optimizer)).toEqual(before);
    await code.fill('for (;;);'); // compiled, not run
    await save().click();
    await expect.poll(() => metricOf(optimizer)).toEqual({ kind: 'javascript', code: 'for (;;);' });
  });
});

describe('examples that all expect the same', () => {
  it('are said to teach nothing', async () => {
    const optimizer = new FakeOptimizer();
    const { id } = await optimizer.openBuiltIn('object-counting');
    const dataset = await optimizer.getDataset(id);
    const examples = dataset.examples.slice(0, 20).map((example) => ({ ...example, target: 'TECH' }));
    optimizer.datasets.set(id, { ...dataset, metric: { kind: 'exact' }, examples });
    await openApp(`#/data/${id}`, optimizer);
    await expect.element(page.getByText('Every expected answer is “TECH”')).toBeVisible();
    await expectNoViolations();
  });
});

describe('a judge', () => {
  it('takes a person’s verdicts, and says when there are too few or all of one kind', async () => {
    const optimizer = await change('judge');
    await page.getByLabelText('Rubric: what a good answer is').fill('It counts right.');
    const answer = page.getByLabelText('An answer to it');
    await answer.fill('There are 7.');
    await page.getByRole('button', { name: 'It is good' }).click();
    await expect.element(page.getByText('1 answer judged: 1 good, 0 not.', { exact: false })).toBeVisible();
    await answer.fill('Many.');
    await page.getByRole('button', { name: 'It is not' }).click();
    await expect.element(page.getByText('Judge at least 10', { exact: false })).toBeVisible();
    await answer.fill('A mistake.');
    await page.getByRole('button', { name: 'It is good' }).click();
    await page.getByRole('button', { name: 'Remove “A mistake”' }).click();
    await expectNoViolations();
    await save().click();
    const labelled = [
      { input: expect.any(String) as string, output: 'There are 7.', isGood: true },
      { input: expect.any(String) as string, output: 'Many.', isGood: false },
    ];
    await expect
      .poll(() => metricOf(optimizer))
      .toEqual({ kind: 'judge', rubric: 'It counts right.', labelled });
  });
});

describe('examples without right answers', () => {
  it('are offered only the metrics that need none', async () => {
    await change('javascript', {
      metric: { kind: 'self-consistency', samples: 5, answers: { kind: 'exact' } },
      examples: [{ id: 'a', input: 'x', target: '' }],
    });
    const kinds = page.getByLabelText('Answers are compared as').element() as HTMLSelectElement;
    expect([...kinds.options].map(({ value }) => value)).toEqual(['javascript', 'judge', 'self-consistency']);
  });
});
