/** The page of the rig: the checks, to be called one by one from run.mjs. Each gives the facts it saw, or throws. */
import { wrap, type Remote } from 'comlink';
import type { WebLlmSpec } from '../../../../src/models/spec.ts';
import { contractChecks } from './contract.ts';
import { faultChecks, muteChecks } from './fault-checks.ts';
import { loadChecks } from './load-checks.ts';
import { replyChecks } from './reply-checks.ts';
import type { ReuseRig } from './reuse.model.worker.ts';
import { client, ensure, expectFailure, load, spec } from './rig-model.ts';

/** On a model whose greedy replies differ, or a reply that went to another request could not be told. */
const contract = contractChecks(async () => ({
  model: await load('varied'),
  unload: () => client.unload(),
}));

/** Checks for browsers that lack something; each runs in its own browser. */
const lacking = {
  'without WebGPU nothing is downloaded'() {
    return expectFailure(
      client.load(spec(), null, () => undefined),
      'no-webgpu',
    );
  },
  'without 16-bit floats the 32-bit twin is named'() {
    const prebuilt: WebLlmSpec = { engine: 'webllm', modelId: 'SmolLM2-360M-Instruct-q4f16_1-MLC' };
    return expectFailure(
      client.load(prebuilt, null, () => undefined),
      'no-f16',
    );
  },
};

let reuseRig: Promise<Remote<ReuseRig>> | null = null;

/** Another worker, for it needs the engine's own methods; the model of the other checks makes room for it. */
async function startReuseRig(): Promise<Remote<ReuseRig>> {
  await client.unload();
  const worker = new Worker(new URL('./reuse.model.worker.ts', import.meta.url), { type: 'module' });
  const remote = wrap<ReuseRig>(worker);
  await remote.load(new URL('model/', location.href).href);
  return remote;
}

async function onReuseRig(name: string, rounds: number): Promise<unknown> {
  const remote = await (reuseRig ??= startReuseRig());
  return name === 'bench' ? remote.bench(rounds) : remote.run(name);
}

const reuseChecks = [
  'the kernel is mended, and the check at loading agrees',
  'kept beginnings give the same tokens',
  'two instructions in turn, and a beginning shared in the user turn',
  'after a cancelled call the next one is right',
  'a label constraint and a stop text work on a kept beginning',
  'the check of batches at loading agrees, and finds out replies that are mixed up',
  'answers written together are those written alone',
  'answers of different lengths, limits and stop texts, and more than one batch',
  'the engine goes on from a batch as if there had been none, and the next batch too',
  'an answer that is cancelled leaves the others of its batch as they are',
  'a batch that fails in its middle is answered one by one, and says so',
  'a choice may go on with the tokens that the grammar of the engine allows',
  'choices written together are those written alone',
];

/** Its own browser: the model worker runs with `unmend.js`. */
const racing = {
  async 'a GPU that answers wrongly onto a kept beginning is found out'() {
    await client.load(spec(), null, () => undefined);
    const notes = client.loaded?.notes.join('; ') ?? '';
    ensure(notes.includes('answers would differ'), `plain reading, and a note of it, got ${notes}`);
    return { notes };
  },
};

const all: Record<string, () => Promise<unknown>> = {
  ...loadChecks,
  ...replyChecks,
  ...faultChecks,
  ...contract,
  ...lacking,
  ...racing,
  ...muteChecks,
};
const groups = { faults: Object.keys(faultChecks), conformance: Object.keys(contract) };
const rig = {
  groups,
  names: [
    ...Object.keys(loadChecks),
    ...Object.keys(replyChecks),
    ...groups.faults,
    ...groups.conformance,
    ...reuseChecks,
  ],
  run: (name: string, rounds: number) => all[name]?.() ?? onReuseRig(name, rounds),
};
Object.assign(window, { rig });
