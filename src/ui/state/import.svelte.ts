/** An import on its way: a file is read, its columns are mapped, the dataset is saved. Nothing is stored before that. */
import type { Mapping } from '../../data/import/mapping.ts';
import type { ImportPreview } from '../../data/import/preview.ts';
import type { ReadOptions } from '../../data/import/raw-table.ts';
import type { Dataset } from '../../data/dataset.ts';
import type { ImportApi, ImportSource, MappingCheck } from '../../workers/import-protocol.ts';
import { newId } from '../../data/new-id.ts';
import { toFailure, type Failure } from '../text.ts';

/** A worker that reads files, and the way to end it. */
export interface ImportConnection {
  readonly api: ImportApi;
  close(): void;
}

type Stage = 'choosing' | 'reading' | 'mapping' | 'saving';

export class ImportState {
  readonly #connect: () => ImportConnection;
  #connection: ImportConnection | null = null;
  #source: ImportSource | null = null;
  #options: ReadOptions = {};
  /** Counts readings and checks, so that a slow one cannot overwrite a newer one, nor come after a cancel. */
  #turns = 0;

  #stage = $state<Stage>('choosing');
  #preview = $state.raw<ImportPreview | null>(null);
  #mapping = $state.raw<Mapping | null>(null);
  #check = $state.raw<MappingCheck | null>(null);
  #failure = $state.raw<Failure | null>(null);
  name = $state('');

  constructor(connect: () => ImportConnection) {
    this.#connect = connect;
  }

  get stage(): Stage {
    return this.#stage;
  }

  get fileName(): string {
    return this.#source?.name ?? '';
  }

  get preview(): ImportPreview | null {
    return this.#preview;
  }

  /** Null until the person (or the guess) has said which columns are what. */
  get mapping(): Mapping | null {
    return this.#mapping;
  }

  /** What the mapping makes of the file; null while it is being found out, or when nothing comes of it. */
  get check(): MappingCheck | null {
    return this.#check;
  }

  get failure(): Failure | null {
    return this.#failure;
  }

  /** Reads a file or pasted text. */
  async read(source: ImportSource, options: ReadOptions = {}): Promise<void> {
    this.#source = source;
    this.#stage = 'reading';
    this.name = nameOf(source.name);
    await this.#open(source, options, (thrown) => this.#giveUp(thrown));
  }

  /** Reads the same file another way: another sheet or separator, with or without a row of names. */
  async readAs(options: ReadOptions): Promise<void> {
    // Another sheet is another table: what was said about the last one need not hold for it.
    const kept = options.sheet === undefined ? this.#options : {};
    if (this.#source === null) return;
    await this.#open(this.#source, { ...kept, ...options }, (thrown) => (this.#failure = toFailure(thrown)));
  }

  async #open(
    source: ImportSource,
    options: ReadOptions,
    onfailure: (thrown: unknown) => void,
  ): Promise<void> {
    this.#failure = null;
    this.#check = null;
    const turn = ++this.#turns;
    try {
      this.#connection ??= this.#connect();
      const preview = await this.#connection.api.open(source, options);
      if (turn !== this.#turns) return;
      this.#options = options;
      this.#preview = preview;
      this.#stage = 'mapping';
      if (preview.mapping !== null) await this.map(preview.mapping);
      else this.#mapping = null;
    } catch (thrown) {
      if (turn === this.#turns) onfailure(thrown);
    }
  }

  async map(mapping: Mapping): Promise<void> {
    this.#mapping = mapping;
    this.#failure = null;
    const turn = ++this.#turns;
    try {
      const check = (await this.#connection?.api.check(mapping)) ?? null;
      if (turn === this.#turns) this.#check = check;
    } catch (thrown) {
      if (turn !== this.#turns) return;
      this.#check = null;
      this.#failure = toFailure(thrown);
    }
  }

  /** @returns the id of the stored dataset, or null when it failed (then `failure` says why) */
  async save(store: (dataset: Dataset) => Promise<unknown>): Promise<string | null> {
    if (this.#connection === null || this.#mapping === null) return null;
    this.#stage = 'saving';
    try {
      const named = { id: newId('data'), name: this.name.trim() || this.fileName };
      const { dataset } = await this.#connection.api.build(this.#mapping, named);
      await store(dataset);
      this.cancel();
      return dataset.id;
    } catch (thrown) {
      this.#failure = toFailure(thrown);
      this.#stage = 'mapping';
      return null;
    }
  }

  /** Forgets the file; a file that is still being read is read no further. */
  cancel(): void {
    this.#turns += 1;
    this.#connection?.close();
    this.#connection = null;
    this.#source = null;
    this.#preview = null;
    this.#mapping = null;
    this.#check = null;
    this.#failure = null;
    this.#stage = 'choosing';
  }

  #giveUp(thrown: unknown): void {
    this.cancel();
    this.#failure = toFailure(thrown);
  }
}

/** “my_reviews.final.csv” → “my reviews.final” */
function nameOf(file: string): string {
  return (
    file
      .replace(/\.[^.]*$/, '')
      .replaceAll('_', ' ')
      .trim() || file
  );
}
