/**
 * A backup: everything that is stored, one record per line (NDJSON), gzipped. A head says what it is, a foot how much
 * it is and a checksum of all lines. Records that others hang on come last, so that a restore that was cut short
 * shows nothing half. The checksum guards against damage, not against someone who writes a false file.
 */
import type { StoreNames } from 'idb';
import { hashText } from '../../core/hash.ts';
import type { SententialSchema } from '../schema.ts';
import { endpointKeysSetting } from '../settings-repository.ts';

export const backupFormat = 'sentential-backup';
export const backupVersion = 1;

export type StoreName = StoreNames<SententialSchema>;

/** `whole`: datasets, runs and experiments, by their ids. `part`: what belongs to them, or stands for itself. */
const roles: Readonly<Record<StoreName, 'part' | 'whole'>> = {
  examples: 'part',
  runEvents: 'part',
  completions: 'part',
  person: 'part',
  experimentCells: 'part',
  settings: 'part',
  datasets: 'whole',
  experiments: 'whole',
  runs: 'whole',
};

export const stores = Object.keys(roles) as StoreName[];
export const parts = stores.filter((store) => roles[store] === 'part');
export const wholes = stores.filter((store) => roles[store] === 'whole');

/** Secrets stay on the machine they were given to. */
export const secretSettings: ReadonlySet<string> = new Set([endpointKeysSetting]);

export interface BackupHead {
  readonly format: typeof backupFormat;
  readonly schemaVersion: number;
  readonly databaseVersion: number;
}

export interface BackupFoot {
  readonly records: number;
  readonly checksum: string;
}

export type BackupKey = string | readonly [string, string | number];

/** One line of a backup. */
export interface BackupRecord {
  readonly store: StoreName;
  readonly key: BackupKey;
  readonly value: unknown;
}

/** Follows the lines one by one. */
export class LineSum {
  #sum = '';

  add(line: string): void {
    this.#sum = hashText(`${this.#sum}\n${line}`);
  }

  get checksum(): string {
    return this.#sum;
  }
}
