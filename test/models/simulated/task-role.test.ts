import { describe, expect, it } from 'vitest';
import { answerSuffix } from '../../../src/core/evaluate/answer-suffix.ts';
import { renderPrompt } from '../../../src/core/prompt/template.ts';
import { builtInTasks, generateBuiltIn } from '../../../src/data/built-in/index.ts';
import type { Dataset } from '../../../src/data/dataset.ts';
import { coveredBy, sentencesOf } from '../../../src/models/simulated/coverage.ts';
import { worldOf } from '../../../src/models/simulated/world-of.ts';
import { question, rightAnswers, share, simulatedFor, stating } from './fixtures.ts';

const tasks = builtInTasks.map(({ id }) => ({ id, dataset: generateBuiltIn(id, 1) }));
const counting = generateBuiltIn('object-counting', 1);

describe.each(tasks)('facets of $id', ({ dataset }) => {
  const { facets } = worldOf(dataset);

  it('are each covered by each of their own statements, and by no other facet’s', () => {
    for (const { id, statements } of facets) {
      expect(statements.length).toBeGreaterThanOrEqual(3);
      for (const statement of statements) {
        expect(sentencesOf(statement)).toEqual([statement]);
        expect([statement, ...coveredBy([statement], facets)]).toEqual([statement, id]);
      }
    }
  });

  it('are not given away by the fixed text after the input', () => {
    expect([...coveredBy([answerSuffix(dataset.metric, dataset.choices)], facets)]).toEqual([]);
  });

  it('are not named by the task’s description', () => {
    expect([...coveredBy(sentencesOf(dataset.description), facets)]).toEqual([]);
  });
});

describe.each(tasks)('the task model on $id', ({ dataset }) => {
  const model = simulatedFor(dataset);
  const world = worldOf(dataset);

  it('is mostly wrong without an instruction and mostly right with a complete one', async () => {
    const empty = share(await rightAnswers(model, dataset, ''));
    const complete = share(await rightAnswers(model, dataset, stating(world)));
    expect(empty).toBeLessThan(0.4);
    expect(complete).toBeGreaterThanOrEqual(0.85);
    expect(complete).toBeLessThan(1);
  });

  it('gets better with every facet that is covered', async () => {
    const complete = share(await rightAnswers(model, dataset, stating(world)));
    for (const { id } of world.facets) {
      const without = share(await rightAnswers(model, dataset, stating(world, [id])));
      expect(`${id} costs ${without < complete - 0.08}`).toBe(`${id} costs true`);
    }
  });

  it('answers with the slip of the facet that is missing', async () => {
    const facet = world.facets.find(({ kind }) => kind === 'convention');
    if (!facet) return;
    const needing = world.examples.filter(({ needs }) => needs.includes(facet.id));
    const instruction = stating(world, [facet.id]);
    const replies = await Promise.all(
      needing.map(({ input }) => model.complete(question(instruction, input))),
    );
    const slips = replies.filter(({ text }, index) => {
      const { [facet.id]: slip = needing[index]?.slips[''] } = needing[index]?.slips ?? {};
      return text.replace(/\.$/, '').endsWith(`: ${slip ?? '?'}`);
    });
    expect(slips.length).toBeGreaterThan(0.6 * needing.length);
  });
});

describe('the wording of an instruction', () => {
  const model = simulatedFor(counting);

  it('flips a few answers both ways when nothing of importance changes', async () => {
    const instruction = 'Add up the quantities of all entries.';
    const before = await rightAnswers(model, counting, instruction);
    let [won, lost] = [0, 0];
    const openings = [
      'Dear model. ',
      'Hello. ',
      'Good day. ',
      'Welcome. ',
      'Please read this. ',
      'Task. ',
      'Now. ',
      'Next. ',
    ];
    for (const opening of openings) {
      const after = await rightAnswers(model, counting, opening + instruction);
      won += after.filter((right, index) => right && !before[index]).length;
      lost += after.filter((right, index) => !right && before[index]).length;
    }
    const flipped = (won + lost) / (openings.length * before.length);
    expect(flipped).toBeGreaterThan(0.03);
    expect(flipped).toBeLessThan(0.15);
    expect(Math.abs(won - lost)).toBeLessThan(0.5 * (won + lost));
  });

  it.each(['Guess when you are unsure.', 'Pick an answer at random.', 'Trust your first impression.'])(
    'costs accuracy when it does harm: %s',
    async (harm) => {
      const complete = stating(worldOf(counting));
      const plain = share(await rightAnswers(model, counting, complete));
      expect(share(await rightAnswers(model, counting, `${complete} ${harm}`))).toBeLessThan(plain - 0.1);
    },
  );

  it('does no harm when it warns of guessing', async () => {
    const complete = stating(worldOf(counting));
    const plain = share(await rightAnswers(model, counting, complete));
    expect(share(await rightAnswers(model, counting, `${complete} Do not guess.`))).toBeGreaterThan(
      plain - 0.05,
    );
  });

  it('costs accuracy when it is very long', async () => {
    const complete = stating(worldOf(counting));
    const plain = share(await rightAnswers(model, counting, complete));
    const long = `${complete} ${'This matters to all of us here. '.repeat(100)}`;
    expect(share(await rightAnswers(model, counting, long))).toBeLessThan(plain - 0.1);
  });

  it('may consist of worked examples, which teach what they show', async () => {
    const shots = counting.examples.slice(0, 12).map(({ input, target }) => `${input}\nAnswer: ${target}`);
    const rest = { ...counting, examples: counting.examples.slice(12) };
    const zero = share(await rightAnswers(model, rest, 'Count.'));
    expect(share(await rightAnswers(model, rest, `Count.\n\n${shots.join('\n\n')}`))).toBeGreaterThan(
      zero + 0.2,
    );
  });
});

describe('the question', () => {
  const model = simulatedFor(counting);
  const [first, second] = counting.examples;
  const inputs = [first?.input ?? '', second?.input ?? ''] as const;

  it('is the last example that the prompt holds', async () => {
    const world = stating(worldOf(counting));
    const alone = await model.complete(question(world, inputs[1]));
    const afterShot = await model.complete(
      question(`${world}\n\n${inputs[0]}\nAnswer: ${first?.target ?? ''}`, inputs[1]),
    );
    expect(alone.text.slice(-12)).toContain(second?.target);
    expect(afterShot.text.slice(-12)).toContain(second?.target);
  });

  it('is found when a prompt places its columns apart', async () => {
    const rows = ['Ada', 'Ben', 'Cem', 'Dan'].map((name, index) => {
      const fields = { name: `${name} of the harbour`, claim: `claim number ${index}` };
      return { id: name, input: `${fields.name}: ${fields.claim}`, target: String(10 + index), fields };
    });
    const table: Dataset = { ...counting, examples: rows, facets: null, needs: null };
    const { system, prompt } = renderPrompt(
      'Who is {{name}}?\nAnd what of {{claim}}?',
      rows[2] ?? { input: '' },
    );
    const { text } = await simulatedFor(table).complete(
      question(`${system} ${stating(worldOf(table))}`, prompt),
    );
    expect(text).toMatch(/1[123]\.?$/); // right, or the slip next to it
  });

  it('is admitted to be unknown when it is no example of the task', async () => {
    const { text } = await model.complete(question('Count.', 'How many moons has Mars?'));
    expect(text).toContain('only knows the examples of its task');
  });
});
