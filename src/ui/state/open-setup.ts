/** Opens what an address of the Setup page names: a sample task, a dataset, an earlier run, a link from somebody. */
import { AppError } from '../../core/errors.ts';
import { splitSeedOf } from '../../core/split.ts';
import type { RunRecord } from '../../workers/protocol.ts';
import type { AppState } from './app.svelte.ts';
import { setupKey, type SetupDraft } from './setup-drafts.svelte.ts';
import { SetupForm } from './setup.svelte.ts';

type App = Pick<AppState, 'api' | 'drafts'>;
type Opened = Pick<SetupDraft, 'form' | 'title' | 'announced'>;

const unannounced = { title: '', announced: [] } as const;

/** Null where the address names nothing. A form that was left is found as it was left. */
export async function openSetup(query: URLSearchParams, app: App): Promise<SetupDraft | null> {
  const datasetId = await datasetOf(query, app);
  const key = setupKey(query, datasetId);
  const kept = app.drafts.find(key);
  if (kept !== null) return reopen(kept, app);
  const opened = await openAnew(query, datasetId, app);
  const id = opened?.form.dataset?.id;
  if (opened === null || id === undefined) return null;
  const usual = JSON.stringify(opened.form.toConfig());
  const draft = { ...opened, key, query: query.toString(), datasetId: id, usual, isChanged: false };
  app.drafts.keep(draft);
  return draft;
}

async function reopen(draft: SetupDraft, { api, drafts }: App): Promise<SetupDraft> {
  try {
    draft.form.reopen(await api.getDataset(draft.datasetId));
  } catch (thrown) {
    drafts.forget(draft.key); // deleted meanwhile, perhaps in another tab
    throw thrown;
  }
  drafts.keep(draft);
  return draft;
}

/** The dataset that the address itself names; earlier runs and links know theirs. */
async function datasetOf(query: URLSearchParams, { api }: App): Promise<string | null> {
  const task = query.get('task');
  return task === null ? query.get('dataset') : (await api.openBuiltIn(task)).id;
}

async function openAnew(query: URLSearchParams, datasetId: string | null, app: App): Promise<Opened | null> {
  const preset = query.get('preset');
  if (preset !== null) return openPreset(preset, app);
  const again = query.get('run');
  const former = again === null ? null : await app.api.getRun(again);
  const id = former?.config.datasetId ?? datasetId;
  if (id === null) return null;
  const form = new SetupForm();
  form.open(await app.api.getDataset(id));
  if (former !== null) form.follow(former.config);
  const model = query.get('model');
  if (model !== null) form.model.chooseListed(model);
  const fork = query.get('fork');
  if (former === null || fork === null) return { form, ...unannounced };
  return { form, ...(await beginAt(form, former, fork, app)) };
}

/** What a link from somebody else asks for: shown, never started. */
async function openPreset(encoded: string, { api }: App): Promise<Opened> {
  const { presetConfig, presetInWords, readPreset } = await import('./share.ts');
  const preset = readPreset(encoded);
  const dataset = await api.getDataset((await api.openBuiltIn(preset.task)).id);
  const form = new SetupForm();
  form.open(dataset);
  form.follow(presetConfig(preset, dataset));
  return { form, title: 'Settings from a link', announced: presetInWords(preset, dataset) };
}

/** The prompt an earlier run had at one of its steps, or ended with (“best”). */
async function beginAt(
  form: SetupForm,
  { id, report, config }: RunRecord,
  candidate: string,
  { api }: App,
): Promise<Pick<Opened, 'title' | 'announced'>> {
  const { promptOf } = await import('./fork.ts');
  const prompt =
    candidate === 'best' ? (report?.bestText ?? null) : promptOf(await api.getEvents(id, 0), candidate);
  if (prompt === null) throw new AppError('not-found', 'The log of this run has no such prompt.');
  form.firstPrompt = 'own';
  form.prompt = prompt;
  form.fork = { runId: id, splitSeed: splitSeedOf(config) };
  return {
    title: `A fork of “${form.name}”`,
    announced: [
      'It begins with the prompt of that run as it was at the chosen step, or at the end; change the text, the seed or the settings as you like.',
      'Its examples are divided as in that run, whatever the seed: what that run has learned from is not tested on here. Model calls that are the same as in that run are not asked again.',
    ],
  };
}
