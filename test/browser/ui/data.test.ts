/** Bringing data, by keyboard and by file, with the real import worker. */
import { page, userEvent } from 'vitest/browser';
import { describe, expect, it } from 'vitest';
import { aRun, FakeOptimizer } from './fake-optimizer.ts';
import { expectNoViolations, heading, openApp } from './open-app.ts';

async function paste(text: string): Promise<void> {
  await page.getByText('Paste it instead').click();
  await page.getByLabelText('Rows to paste').fill(text);
  await page.getByRole('button', { name: 'Read the pasted rows' }).click();
}

const mapping = () => page.getByRole('heading', { name: 'Which column is what?' });
const rows = (count: number, row: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => row(n)).join('\n');

describe('importing data', () => {
  it('reads pasted rows, guesses the columns, and shows what the examples become', async () => {
    const optimizer = await openApp('#/data');
    await paste(`question,answer\n${rows(12, (n) => `What is ${n} plus 1?,${n + 1}`)}`);
    await expect.element(mapping()).toBeVisible();
    await expect.element(page.getByText('12 examples to save')).toBeVisible();
    await expect.element(page.getByRole('cell', { name: 'What is 3 plus 1?' })).toBeVisible();
    await expectNoViolations();
    await page.getByLabelText('Name of the dataset').fill('Sums');
    await userEvent.keyboard('{Enter}');
    await expect.element(heading('Sums')).toHaveFocus();
    const [saved] = [...optimizer.datasets.values()];
    expect(saved).toMatchObject({ name: 'Sums', metric: { kind: 'number' }, source: { kind: 'pasted' } });
    expect(saved?.examples[0]).toMatchObject({ input: 'What is 0 plus 1?', target: '1' });
  });

  it('takes another column for the input when the person says so', async () => {
    await openApp('#/data');
    await paste(`question,note,answer\n${rows(6, (n) => `Question ${n},Note ${n},yes`)}`);
    await expect.element(mapping()).toBeVisible();
    await page.getByLabelText('Input: what the model is shown').selectOptions('note');
    await expect.element(page.getByRole('cell', { name: 'Note 0' })).toBeVisible();
  });

  it('takes rows without right answers when the person says that there are none', async () => {
    const optimizer = await openApp('#/data');
    await paste(`review,note\n${rows(6, (n) => `It was nice ${n},x`)}`);
    await page.getByLabelText('Expected: the right answer').selectOptions('there are no right answers');
    await expect.element(page.getByText('Without right answers', { exact: false })).toBeVisible();
    await page.getByLabelText('Input: what the model is shown').selectOptions('review');
    await page.getByRole('button', { name: 'Save the dataset' }).click();
    await expect.poll(() => [...optimizer.datasets.values()][0]?.metric.kind).toBe('self-consistency');
    expect([...optimizer.datasets.values()][0]?.examples[0]).toMatchObject({
      input: 'It was nice 0',
      target: '',
    });
  });

  it('puts several columns together by a template', async () => {
    await openApp('#/data');
    await paste(`premise,claim,answer\n${rows(6, (n) => `It rains ${n},It is wet ${n},yes`)}`);
    await expect.element(mapping()).toBeVisible();
    await page
      .getByLabelText('Input: what the model is shown')
      .selectOptions('several columns, by a template');
    await page.getByLabelText('Template').fill('{{premise}} so {{claim}}?');
    await expect.element(page.getByRole('cell', { name: 'It rains 0 so It is wet 0?' })).toBeVisible();
  });

  it('warns when the answer stands in every input', async () => {
    await openApp('#/data');
    await paste(`premise,claim,answer\n${rows(6, (n) => `It rains ${n},It is wet ${n},yes`)}`);
    await page
      .getByLabelText('Input: what the model is shown')
      .selectOptions('several columns, by a template');
    await page.getByLabelText('Template').fill('{{premise}} Answer: {{answer}}');
    await expect.element(page.getByText('The answer stands in every input')).toBeVisible();
    await page.getByLabelText('Template').fill('{{premise}} {{claim}}');
    await expect.element(page.getByText('The answer stands in every input')).not.toBeInTheDocument();
  });

  it('says when an input is too long for most models, before and after it is saved', async () => {
    await openApp('#/data');
    await paste(
      `question,answer\n${rows(12, (n) => `${n === 3 ? 'word '.repeat(9000) : `Question ${n}`},${n % 3 ? 'yes' : 'no'}`)}`,
    );
    await expect.element(page.getByText('1 input is very long')).toBeVisible();
    await page.getByRole('button', { name: 'Save the dataset' }).click();
    await expect.element(page.getByText(/about 11,000 tokens/)).toBeVisible();
    await expect.element(page.getByText('Always answering “yes” would be right for 67 %.')).toBeVisible();
  });

  it('names the rows and column that cannot be used, and saves without them', async () => {
    const optimizer = await openApp('#/data');
    await paste(
      `question,answer\nFirst?,yes\n${rows(5, (n) => `Open ${n}?,`)}\n${rows(6, (n) => `More ${n}?,no`)}`,
    );
    await expect
      .element(page.getByText('Rows 3, 4, 5 and 2 more, column “answer”: The cell is empty.'))
      .toBeVisible();
    await expectNoViolations();
    await page.getByRole('button', { name: 'Leave out 5 rows and save' }).click();
    await expect.poll(() => [...optimizer.datasets.values()][0]?.examples.length).toBe(7);
  });

  it('stops at rows that cannot be used when the person says so', async () => {
    const optimizer = await openApp('#/data');
    await paste(`question,answer\nFirst?,yes\nSecond?,\n${rows(6, (n) => `More ${n}?,no`)}`);
    await expect.element(page.getByText(/^Row 3, column “answer”:/)).toBeVisible();
    await page.getByRole('button', { name: 'Stop, to mend the file' }).click();
    await expect.element(page.getByText('Drop a file here, or choose one')).toBeVisible();
    expect(optimizer.datasets.size).toBe(0);
  });

  it('takes pasted lines for inputs without right answers', async () => {
    const optimizer = await openApp('#/data');
    await paste(rows(6, (n) => `It was nice, really, on day ${n}.`));
    await expect.element(page.getByText('6 examples to save')).toBeVisible();
    await page.getByRole('button', { name: 'Save the dataset' }).click();
    await expect.poll(() => [...optimizer.datasets.values()][0]?.examples.length).toBe(6);
    expect([...optimizer.datasets.values()][0]).toMatchObject({
      metric: { kind: 'self-consistency' },
      examples: [{ input: 'It was nice, really, on day 0.', target: '' }, {}, {}, {}, {}, {}],
    });
  });

  it('separates cells, and takes the first row, as the person says', async () => {
    await openApp('#/data');
    await paste(`Hello, world\nGood, night\nBye, moon`);
    await page.getByText('How the file is read').click();
    await page.getByLabelText('Cells are separated by').selectOptions('nothing: a line is an example');
    await expect.element(page.getByRole('cell', { name: 'Good, night' })).toBeVisible();
    await page.getByLabelText('The first row').selectOptions('names the columns');
    await expect.element(page.getByText('2 examples to save')).toBeVisible();
  });

  it('says what is wrong with a file it cannot read, and stores nothing', async () => {
    const optimizer = await openApp('#/data');
    await page.getByLabelText('Drop a file here, or choose one').upload(new File([], 'empty.csv'));
    await expect.element(page.getByRole('alert')).toHaveTextContent('“empty.csv” is empty.');
    expect(optimizer.datasets.size).toBe(0);
  });

  it('forgets a file when the person cancels', async () => {
    const optimizer = await openApp('#/data');
    await paste(`question,answer\n${rows(6, (n) => `Q${n},yes`)}`);
    await expect.element(page.getByRole('button', { name: 'Save the dataset' })).toBeVisible();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect.element(page.getByText('Drop a file here, or choose one')).toBeVisible();
    expect(optimizer.datasets.size).toBe(0);
  });
});

describe('a dataset', () => {
  async function openTask(task: string, optimizer = new FakeOptimizer()): Promise<FakeOptimizer> {
    const { id } = await optimizer.openBuiltIn(task);
    await openApp(`#/data/${id}`, optimizer);
    await expect.element(page.getByText('1 to 25 of 240 examples')).toBeVisible();
    return optimizer;
  }

  it('shows its examples a page at a time, with the part each belongs to', async () => {
    await openTask('navigate');
    await page.getByRole('button', { name: 'Next' }).click();
    await expect.element(page.getByText('26 to 50 of 240 examples')).toBeVisible();
    await expectNoViolations();
  });

  it('finds examples by a word', async () => {
    await openTask('navigate');
    await page.getByLabelText('Find in inputs and answers').fill('no such word anywhere');
    await expect.element(page.getByText('None found')).toBeVisible();
  });

  it('becomes a new version when its metric is changed', async () => {
    const optimizer = await openTask('object-counting');
    const [before] = [...optimizer.datasets.keys()];
    await page.getByRole('button', { name: 'Change' }).click();
    await page.getByLabelText('Answers are compared as').selectOptions('contains');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => [...optimizer.datasets.values()].at(-1)?.metric).toEqual({ kind: 'contains' });
    expect([...optimizer.datasets.values()].at(-1)?.source).toEqual({ kind: 'edited', from: before });
  });

  it('is deleted only after a question, and Escape keeps it', async () => {
    const optimizer = await openTask('dates');
    const remove = page.getByRole('button', { name: 'Delete', exact: true });
    await remove.click();
    await expect.element(page.getByRole('dialog')).toBeVisible();
    await expectNoViolations();
    await userEvent.keyboard('{Escape}');
    await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
    await expect.element(remove).toHaveFocus();
    expect(optimizer.datasets.size).toBe(1);
    await remove.click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await expect.poll(() => optimizer.datasets.size).toBe(0);
    await expect.element(heading('Data')).toBeVisible();
  });

  it('stays while runs need it, and says so instead of asking', async () => {
    const optimizer = new FakeOptimizer();
    optimizer.runs = [aRun({ datasetId: 'built-in-dates-1' }, 'finished')];
    await openTask('dates', optimizer);
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await expect.element(page.getByText('1 run in the history refers to its examples.')).toBeVisible();
    await expect
      .element(page.getByRole('dialog').getByRole('button', { name: 'Delete' }))
      .not.toBeInTheDocument();
    expect(optimizer.datasets.size).toBe(1);
  });
});
