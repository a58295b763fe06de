/** WebLLM needs a compiled model library that is not ours to ship: its figures are those its rig has measured. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Figure } from './figure.ts';

const command = '`npm run test:webllm -- PATH/TO/MODEL_LIB.wasm bench`';
const how = `needs a model library; ${command} measures it`;
const missing: readonly Figure[] = [
  {
    figure: 'one answer, the beginning kept',
    wanted: '≥ 5',
    measured: 'not measured here',
    isMet: null,
    how,
  },
  { figure: 'answers written together', wanted: '≥ 2.5', measured: 'not measured here', isMet: null, how },
];

function measuredRows(): readonly Figure[] {
  const results = JSON.parse(readFileSync(path.resolve('bench/results.json'), 'utf8')) as {
    readonly webllm?: { readonly rows: readonly Figure[] };
  };
  return results.webllm?.rows ?? [];
}

/** As the rig left them in bench/results.json. */
export function webLlmFigures(): Figure[] {
  const rows = measuredRows();
  return (rows.length > 0 ? rows : missing).map((row) => ({
    ...row,
    figure: `WebLLM on its rig: ${row.figure}`,
  }));
}
