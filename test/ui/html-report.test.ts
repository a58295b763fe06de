import { describe, expect, it } from 'vitest';
import { toMarkdown } from '../../src/data/export/markdown.ts';
import { escapeHtml, html } from '../../src/ui/report/html.ts';
import { toHtmlReport } from '../../src/ui/report/html-report.ts';
import { provenanceOf } from '../../src/ui/state/provenance.ts';
import { applyEvents, emptyView } from '../../src/ui/state/run/run-view.ts';
import { outcomeOf, resultWith, rowOf } from '../data/export/sample-result.ts';
import { finishedLog, sampleDataset, sampleRecord, sampleReport } from './sample-run.ts';

const report = sampleReport();
const view = applyEvents(emptyView, finishedLog(report).events);
const attack = `"><script>alert(1)</script><img src=x onerror='alert(1)'>&amp;`;

describe('HTML made here', () => {
  it('escapes what is put in, and lets through what was made here', () => {
    expect(html`<p title="${attack}">${html`<b>${'a & b'}</b>`}${[html`<i>${1}</i>`]}</p>`.html).toBe(
      `<p title="${escapeHtml(attack)}"><b>a &amp; b</b><i>1</i></p>`,
    );
  });
});

describe('the report', () => {
  const example = { id: 'e', input: attack, target: attack };
  const rows = [rowOf(example, { best: { ...outcomeOf('e', false), extracted: attack } })];
  const provenance = [{ label: attack, value: attack }];
  const page = toHtmlReport(resultWith({ prompt: attack, more: { name: attack, rows, provenance } }), view);

  it('lets no text become markup', () => {
    expect(page).not.toMatch(/<script|<img|onerror='/);
    expect(page.split(escapeHtml(attack)).length - 1).toBeGreaterThanOrEqual(8);
  });

  it('loads nothing and names no address', () => {
    expect(page).toContain('default-src &#39;none&#39;');
    expect(page).not.toMatch(/\b(?:src|href)="|url\(|@import|https?:/);
  });

  it('has the figures of the report, the charts and how they came about', () => {
    const record = sampleRecord({ report, versions: { Sentential: '1.2.3' } });
    const facts = provenanceOf(record, sampleDataset);
    const whole = toHtmlReport(resultWith({ more: { provenance: facts } }), view);
    for (const said of [
      '40',
      '72',
      'fixed 16, broke 0',
      'Simulated model, middling',
      'Sentential 1.2.3',
      '<svg',
    ])
      expect(whole).toContain(said);
    expect(whole.match(/<svg/g)).toHaveLength(2);
    expect(whole).not.toContain('NaN');
  });

  it('says beside the figures that they are simulated, only where they are', () => {
    const simulated = resultWith({ more: { isSimulated: true } });
    expect(toHtmlReport(simulated, view)).toContain('<strong>Simulated model:</strong>');
    expect(toMarkdown(simulated)).toContain('**Simulated model:**');
    expect(page).not.toContain('Simulated model:');
    expect(toMarkdown(resultWith())).not.toContain('Simulated model:');
  });
});

describe('what stood after every example', () => {
  const { task } = resultWith();

  it('is named in reports, unless the reply was held to a label and nothing stood there', () => {
    const said = 'Put after every example when it was scored';
    expect(toHtmlReport(resultWith(), view)).toContain(said);
    expect(toMarkdown(resultWith())).toContain(`${said}:\n\n\`\`\`text\n${task.answer.suffix}\n`);
    const held = { ...task, choices: ['a', 'b'], answer: { ...task.answer, constrain: true } };
    expect(toHtmlReport(resultWith({ more: { task: held } }), view)).not.toContain(said);
    expect(toMarkdown(resultWith({ more: { task: held } }))).not.toContain(said);
  });
});

describe('how the figures came about', () => {
  it('calls the time of the simulated model simulated', () => {
    const record = sampleRecord({ report });
    const used = ({ config }: typeof record) =>
      provenanceOf({ ...record, config }, sampleDataset).find(({ label }) => label === 'Used')?.value;
    expect(used(record)).toMatch(/ of simulated model time$/);
    const taskModel = { engine: 'webllm', modelId: 'M' } as const;
    expect(used({ ...record, config: { ...record.config, taskModel } })).toMatch(
      /[0-9] (s|min) of model time$/,
    );
  });

  it.each([
    [{ engine: 'webllm', modelId: 'Qwen2.5-0.5B-Instruct-q4f16_1-MLC' }, 'q4f16_1'],
    [{ engine: 'wllama', modelId: 'Qwen', url: 'https://x.y/qwen2.5-0.5b-instruct-q4_k_m.gguf' }, 'q4_k_m'],
  ] as const)('names the quantization of %j', (taskModel, quantization) => {
    const record = sampleRecord({ report });
    const facts = provenanceOf({ ...record, config: { ...record.config, taskModel } }, sampleDataset);
    expect(facts.find(({ label }) => label === 'Task model')?.value).toContain(
      `(quantization ${quantization})`,
    );
  });
});
