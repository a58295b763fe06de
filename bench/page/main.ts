/** What is measured in a browser: called by name from bench/speed/chromium.ts. */
import { measureImport } from './csv.ts';
import { measureReuse } from './engine.ts';
import { measureOverhead } from './overhead.ts';

const measurements = { measureImport, measureReuse, measureOverhead };

export type Measurements = typeof measurements;

Object.assign(globalThis, { measurements });
