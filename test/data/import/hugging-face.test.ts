import { describe, expect, it } from 'vitest';
import { loadHuggingFaceRows } from '../../../src/data/import/hugging-face.ts';
import { build, failureOf, grid } from './help.ts';

const request = { dataset: 'stanfordnlp/sst2', config: 'default', split: 'train', offset: 50, length: 250 };
const features = [{ name: 'label', type: { names: ['negative', 'positive'], _type: 'ClassLabel' } }];

/** A server with `total` rows that remembers what it was asked. */
function server(total: number) {
  const asked: string[] = [];
  const fetch = (url: string): Promise<Response> => {
    const query = new URL(url).searchParams;
    const offset = Number(query.get('offset'));
    const length = Number(query.get('length'));
    asked.push(`${offset}+${length}`);
    const count = Math.max(0, Math.min(length, total - offset));
    const rows = Array.from({ length: count }, (_, i) => ({
      row_idx: offset + i,
      row: { sentence: `text ${offset + i}`, label: (offset + i) % 2 },
    }));
    return Promise.resolve(Response.json({ features, rows, num_rows_total: total }));
  };
  return { asked, fetch };
}

const answering = (status: number, body: unknown = { error: 'no' }) => ({
  fetch: () => Promise.resolve(Response.json(body, { status })),
});

describe('datasets of the Hugging Face hub', () => {
  it('asks for a hundred rows at a time, from the offset on', async () => {
    const { asked, fetch } = server(1000);
    const progress: number[] = [];
    const table = await loadHuggingFaceRows(request, {
      fetch,
      onProgress: (loaded) => progress.push(loaded),
    });
    expect(asked).toEqual(['50+100', '150+100', '250+50']);
    expect(progress).toEqual([100, 200, 250]);
    expect(table.rows[0]?.number).toBe(51);
    expect(grid(table)[0]).toEqual(['text 50', 'negative']);
    expect(build(table).dataset.choices).toEqual(['negative', 'positive']);
  });

  it('stops where the split ends', async () => {
    const { asked, fetch } = server(120);
    expect((await loadHuggingFaceRows(request, { fetch })).rows).toHaveLength(70);
    expect(asked).toEqual(['50+100']);
  });

  it('says that there are no rows so far out', async () => {
    const failure = await failureOf(loadHuggingFaceRows(request, server(10)));
    expect(failure.message).toMatch(/“stanfordnlp\/sst2” has no rows from 50 on in the split “train”/);
  });

  it.each([
    [404, 'not-found', /Check the three names/],
    [401, 'not-found', /only public datasets/],
    [429, 'download-failed', /Wait a few minutes/],
    [500, 'download-failed', /status 500\)\. Download its Parquet file/],
  ])('says what to do after status %i', async (status, code, message) => {
    const failure = await failureOf(loadHuggingFaceRows(request, answering(status)));
    expect(failure.code).toBe(code);
    expect(failure.message).toMatch(message);
  });

  it('says what to do without a network, with a strange answer, and with too many rows', async () => {
    const offline = { fetch: () => Promise.reject(new TypeError('Failed to fetch')) };
    expect((await failureOf(loadHuggingFaceRows(request, offline))).message).toMatch(
      /cannot be reached .* Check the connection/,
    );
    expect((await failureOf(loadHuggingFaceRows(request, answering(200, [])))).code).toBe('data-unreadable');
    expect((await failureOf(loadHuggingFaceRows({ ...request, length: 5001 }, server(9)))).message).toMatch(
      /Between 1 and 5000/,
    );
  });

  it('lists what there is when only configuration or split are wrong', async () => {
    const splits = ['train', 'test'].map((split) => ({ dataset: 'openai/gsm8k', config: 'main', split }));
    const fetch = (url: string): Promise<Response> =>
      Promise.resolve(
        url.includes('/splits?')
          ? Response.json({ splits })
          : Response.json({ error: 'Not found.' }, { status: 404 }),
      );
    const failure: unknown = await loadHuggingFaceRows(request, { fetch }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'not-found' });
    expect(String(failure)).toContain('It has: main / train, main / test.');
  });
});
