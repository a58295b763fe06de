/** What tells runs of the same name apart, in short. */
import type { RunListItem } from '../../workers/protocol.ts';
import { countOf } from '../words.ts';
import { modelName } from './model-name.ts';

/** “dual-phase, 2 options changed · from a given prompt · seed 1 · Simulated model, middling” */
export function runDetails({ config }: Pick<RunListItem, 'config'>): string {
  const changed = Object.keys(config.options).length;
  return [
    changed === 0 ? config.method : `${config.method}, ${countOf(changed, 'option')} changed`,
    ...(config.userPrompt === null ? [] : ['from a given prompt']),
    `seed ${config.seed}`,
    modelName(config.taskModel),
  ].join(' · ');
}

/** With seconds: several runs of the simulated model start within a minute. */
const started = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'medium' });

/** “Nov 28, 2026, 10:09:31 AM” */
export function startedAt({ createdAt }: Pick<RunListItem, 'createdAt'>): string {
  return started.format(createdAt);
}
