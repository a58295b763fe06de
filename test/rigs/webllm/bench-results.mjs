/** Prints what the bench measured as the lines of a table, and writes them into bench/results.json as `npm run bench` does. */
import fs from 'node:fs';
import path from 'node:path';

const resultsFile = path.join(import.meta.dirname, '../../../bench/results.json');
const title = 'WebLLM, the real engine on a software adapter with random weights: how many times faster';

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function rowsOf({ prefix, prompt, size, lengths, equal, reuse, batch, batchToReuse, heldBatchToReuse }) {
  const equality = equal ? 'all tokens equal' : 'TOKENS DIFFER';
  const row = (figure, values, least, tokens) => {
    const measured = Number(median(values).toFixed(2));
    const how = `prompts of ${prompt} tokens, ${prefix} of them shared, ${tokens} tokens of reply; ${values.length} rounds, alternating; ${equality}`;
    return {
      figure,
      wanted: `≥ ${least}`,
      measured: String(measured),
      isMet: equal && measured >= least,
      how,
    };
  };
  const { short, long } = lengths;
  const together = `${size} answers together`;
  return [
    row('one answer, the beginning kept, against reading all', reuse, 5, short),
    row(`${together}, reading the beginning included, against reading all`, batch, 2.5, long),
    row(`${together}, reading the beginning included, against one by one`, batchToReuse, 1, long),
    row(`${together}, the beginning held, against one by one`, heldBatchToReuse, 1, long),
  ];
}

/** @param isWhole whether all of the maths was done: other figures are not those of a real machine, and not kept */
export function recordBench(facts, isWhole) {
  const rows = rowsOf(facts);
  console.table(rows, ['figure', 'wanted', 'measured', 'isMet']);
  if (!isWhole) return;
  const results = fs.existsSync(resultsFile) ? JSON.parse(fs.readFileSync(resultsFile, 'utf8')) : {};
  fs.writeFileSync(resultsFile, `${JSON.stringify({ ...results, webllm: { title, rows } }, null, 2)}\n`);
}
