/** The forms in which a result can be taken along. Each is made when it is asked for, by code loaded only then. */
import { requestTemplate, type RequestTemplate } from '../../data/export/request-template.ts';
import { columnsOf, promptOf, type ResultToExport } from '../../data/export/result.ts';
import type { RunView } from './run/run-view.ts';

export interface ExportFormat {
  readonly title: string;
  readonly hint: string;
  /** What the file is called behind the run's name. */
  readonly ending: string;
  readonly mime: string;
  make(result: ResultToExport, view: RunView): Promise<string>;
}

function templateOf(result: ResultToExport): RequestTemplate {
  return requestTemplate(result.task, promptOf(result), columnsOf(result));
}

export const exportFormats: readonly ExportFormat[] = [
  {
    title: 'Markdown',
    hint: 'The prompt with its figures and how they came about.',
    ending: '.md',
    mime: 'text/markdown',
    make: async (result) => (await import('../../data/export/markdown.ts')).toMarkdown(result),
  },
  {
    title: 'Chat messages',
    hint: 'JSON as chat servers take it; {{input}} is where the input goes.',
    ending: '-messages.json',
    mime: 'application/json',
    make: async (result) =>
      (await import('../../data/export/messages.ts')).toMessagesJson(templateOf(result)),
  },
  {
    title: 'promptfoo',
    hint: 'promptfooconfig.yaml with the scored examples as tests.',
    ending: '-promptfooconfig.yaml',
    mime: 'application/yaml',
    make: async (result) =>
      (await import('../../data/export/promptfoo.ts')).toPromptfoo(result, templateOf(result)),
  },
  {
    title: 'DSPy',
    hint: 'A module that sends it to the letter, and a signature for DSPy’s optimizers.',
    ending: '_dspy.py',
    mime: 'text/x-python',
    make: async (result) => (await import('../../data/export/dspy.ts')).toDspy(result, templateOf(result)),
  },
  {
    title: 'Python',
    hint: 'For any OpenAI-compatible server.',
    ending: '.py',
    mime: 'text/x-python',
    make: async (result) =>
      (await import('../../data/export/python.ts')).toPython(result, templateOf(result)),
  },
  {
    title: 'JavaScript',
    hint: 'For any OpenAI-compatible server, without a library.',
    ending: '.mjs',
    mime: 'text/javascript',
    make: async (result) =>
      (await import('../../data/export/javascript.ts')).toJavaScript(result, templateOf(result)),
  },
  {
    title: 'Report',
    hint: 'One HTML file with charts, tables and every example. It loads nothing.',
    ending: '-report.html',
    mime: 'text/html',
    make: async (result, view) => (await import('../report/html-report.ts')).toHtmlReport(result, view),
  },
  {
    title: 'Examples as CSV',
    hint: 'What each example got, safe to open in a spreadsheet.',
    ending: '-examples.csv',
    mime: 'text/csv',
    make: async (result) => (await import('../../data/export/example-table.ts')).toCsv(result),
  },
  {
    title: 'Examples as JSON Lines',
    hint: 'The same, one object per line.',
    ending: '-examples.jsonl',
    mime: 'application/jsonl',
    make: async (result) => (await import('../../data/export/example-table.ts')).toJsonLines(result),
  },
];
