/** Eight tasks made by generators of ours, for demos, tests and benches. Same seed, same dataset. */
import { AppError } from '../../core/errors.ts';
import { createRandom } from '../../core/random.ts';
import type { Dataset } from '../dataset.ts';
import { booleanExpressions } from './boolean-expressions.ts';
import type { BuiltInTaskId } from './catalog.ts';
import { builtInTasks } from './catalog.ts';
import { dates } from './dates.ts';
import { navigate } from './navigate.ts';
import { objectCounting } from './object-counting.ts';
import type { BuiltInTask } from './task.ts';
import { drawExamples } from './task.ts';
import { temporalSequences } from './temporal-sequences.ts';
import { trackingObjects } from './tracking-objects.ts';
import { webOfLies } from './web-of-lies.ts';
import { wordSorting } from './word-sorting.ts';

export { builtInTasks } from './catalog.ts';

const generators: Readonly<Record<BuiltInTaskId, BuiltInTask>> = {
  'object-counting': objectCounting,
  navigate,
  'web-of-lies': webOfLies,
  dates,
  'tracking-objects': trackingObjects,
  'word-sorting': wordSorting,
  'temporal-sequences': temporalSequences,
  'boolean-expressions': booleanExpressions,
};

/**
 * The dataset of a built-in task: the same for the same seed, with new examples for another.
 * @param createdAt milliseconds since 1970, only recorded
 * @throws AppError `not-found` when there is no such task
 */
export function generateBuiltIn(taskId: string, seed: number, createdAt = 0): Dataset {
  const info = builtInTasks.find(({ id }) => id === taskId);
  if (info === undefined) {
    throw new AppError('not-found', `There is no built-in task "${taskId}". Choose one from the Data page.`);
  }
  const task = generators[info.id];
  const drawn = drawExamples(task, info.size, createRandom(`${taskId}/${seed}`));
  const numbered = drawn.map((example, index) => ({ id: `${taskId}-${seed}-${index + 1}`, ...example }));
  return {
    schemaVersion: 1,
    id: `built-in-${taskId}-${seed}`,
    name: info.title,
    description: info.summary,
    source: { kind: 'built-in', task: taskId, seed },
    metric: task.metric,
    choices: task.choices,
    examples: numbered.map(({ id, input, target }) => ({ id, input, target })),
    facets: task.facets,
    needs: Object.fromEntries(numbered.map(({ id, needs, slips }) => [id, { needs, slips }])),
    createdAt,
  };
}
