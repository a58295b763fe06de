import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { withSpeedTable, type SpeedRow } from '../../scripts/bench-table.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

describe('the table of speed in the README', () => {
  it('says what bench/results.json says', () => {
    const { speed } = JSON.parse(read('bench/results.json')) as { speed: { rows: SpeedRow[] } };
    expect(speed.rows.length).toBeGreaterThan(5);
    expect(withSpeedTable(read('README.md'), speed.rows)).toBe(read('README.md'));
  });

  it('is refused where the README has no place for it', () => {
    expect(() => withSpeedTable('# Sentential', [])).toThrow('speed:begin');
  });
});
