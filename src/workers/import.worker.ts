/** Reads files beside the page, so that a large one does not freeze it. */
import { expose } from 'comlink';
import { AppError } from '../core/errors.ts';
import { loadAddress } from '../data/import/by-address.ts';
import { buildDataset, type BuiltDataset } from '../data/import/build-dataset.ts';
import { loadHuggingFaceRows } from '../data/import/hugging-face.ts';
import type { Mapping } from '../data/import/mapping.ts';
import { previewImport, type ImportPreview } from '../data/import/preview.ts';
import { groupProblems } from '../data/import/problem-groups.ts';
import type { RawTable, ReadOptions } from '../data/import/raw-table.ts';
import { readTable } from '../data/import/read-table.ts';
import { findLongInputs } from '../data/long-inputs.ts';
import { bytesOf } from '../storage/sizes.ts';
import { installErrorTransfer } from './errors.ts';
import { reportUnhandled } from './unhandled.ts';
import type { ImportApi, ImportSource, MappingCheck } from './import-protocol.ts';

/** Of every list, what a page can show. */
const shown = 20;

interface Named {
  readonly id: string;
  readonly name: string;
}

/** Whoever gives up an import ends this worker, and with it what is being loaded. */
const online = { fetch: (url: string) => fetch(url, { credentials: 'omit', referrerPolicy: 'no-referrer' }) };

async function tableOf(
  name: string,
  content: ImportSource['content'],
  options: ReadOptions,
): Promise<RawTable> {
  if (typeof content === 'string') return readTable({ name, text: content }, options);
  if (content instanceof Blob)
    return readTable({ name, bytes: new Uint8Array(await content.arrayBuffer()) }, options);
  if ('huggingFace' in content) return loadHuggingFaceRows(content.huggingFace, online);
  return readTable(await loadAddress(content.address, online), options);
}

/** One import at a time: the table that was opened last. */
class Importer implements ImportApi {
  #opened: { readonly table: RawTable; readonly isPasted: boolean } | null = null;

  async open({ name, content }: ImportSource, options: ReadOptions): Promise<ImportPreview> {
    const table = await tableOf(name, content, options);
    const preview = previewImport(table);
    this.#opened = { table, isPasted: typeof content === 'string' };
    return preview;
  }

  /** Builds it all: only the whole table shows its metric, duplicates and conflicts. */
  check(mapping: Mapping): Promise<MappingCheck> {
    const { dataset, skipped, duplicates, conflicts } = this.#build(mapping, {
      id: 'preview',
      name: 'preview',
    });
    return Promise.resolve({
      examples: dataset.examples.slice(0, shown),
      size: dataset.examples.length,
      bytes: bytesOf(dataset.examples),
      metric: dataset.metric,
      choices: dataset.choices,
      skipped: groupProblems(skipped).slice(0, shown),
      skippedCount: skipped.length,
      duplicates,
      conflicts: conflicts.slice(0, shown),
      conflictCount: conflicts.length,
      long: findLongInputs(dataset.examples),
    });
  }

  build(mapping: Mapping, named: Named): Promise<BuiltDataset> {
    return Promise.resolve(this.#build(mapping, named));
  }

  #build(mapping: Mapping, { id, name }: Named): BuiltDataset {
    if (this.#opened === null) throw new AppError('not-found', 'No file is open. Choose one again.');
    const { table, isPasted } = this.#opened;
    const { file, format } = table;
    return buildDataset(table, mapping, {
      id,
      name,
      createdAt: Date.now(),
      source: isPasted ? { kind: 'pasted', format } : { kind: 'file', name: file, format },
      onProblem: 'skip',
    });
  }
}

installErrorTransfer();
reportUnhandled(globalThis);
expose(new Importer());
