/** Loading and what is kept of it, and what loading can meet. */
import {
  client,
  ensure,
  expectFailure,
  load,
  loadedModel,
  progress,
  request,
  spec,
  until,
} from './rig-model.ts';

function shares(): number[] {
  return progress.map((report) => report.share ?? -1);
}

export const loadChecks = {
  async 'a load that is stopped ends as cancelled'() {
    const loading = expectFailure(
      client.load(spec('stalled'), null, (report) => progress.push(report)),
      'cancelled',
    );
    await until(() => progress.length > 0);
    await client.cancelLoad();
    await loading;
    ensure(client.loaded === null, 'no model to be loaded');
    return { reports: progress.length };
  },
  async 'the model loads with progress'() {
    await load();
    const sorted = shares().every((share, i, all) => i === 0 || share >= (all[i - 1] ?? 0));
    ensure(sorted && shares().at(-1) === 1, `a share that grows to 1, got ${shares().join(', ')}`);
    ensure(
      progress.some((report) => (report.loadedBytes ?? 0) > 50e6),
      'bytes of the download',
    );
    const phases = [...new Set(progress.map((report) => report.phase))];
    ensure(phases.join() === 'download,cache,compile,ready', `all phases, got ${phases.join()}`);
    const notes = client.loaded?.notes.join('; ') ?? '';
    ensure(notes.includes('reuse verified'), `prefix reuse, got ${notes}`);
    return {
      reports: progress.length,
      phases,
      identity: client.loaded?.identity,
      notes,
    };
  },
  async 'the kept model is listed with its size, and can be deleted'() {
    const model = await loadedModel();
    const kept = await client.cached();
    ensure(
      kept.some((one) => one.complete && (one.bytes ?? 0) > 80e6),
      `a complete model, got ${JSON.stringify(kept)}`,
    );
    await client.unload();
    await expectFailure(model.complete(request()), 'model-not-loaded');
    for (const one of kept) await client.deleteCached(one.engine, one.modelId);
    const left = await client.cached();
    ensure(left.length === 0, `nothing left, got ${JSON.stringify(left)}`);
    return { kept };
  },
  async 'an address without a model is named'() {
    return expectFailure(
      client.load(spec('missing'), null, () => undefined),
      'download-failed',
    );
  },
  async 'a server that cannot be reached is named'() {
    const custom = { model: 'http://127.0.0.1:9/model/', modelLib: 'http://127.0.0.1:9/lib.wasm' };
    return expectFailure(
      client.load(spec('model', { custom }), null, () => undefined),
      'download-failed',
    );
  },
  async 'a file that is not what it should be is called damaged'() {
    return expectFailure(
      client.load(spec('damaged'), null, () => undefined),
      'model-corrupt',
    );
  },
};
