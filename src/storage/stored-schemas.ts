/**
 * What a sound record of each store has. Lists, the search for damage and backups all go by these, so that nothing is
 * restored that is called damaged afterwards. The schemas only check: fields that they do not know stay.
 */
import type { StoreNames } from 'idb';
import * as v from 'valibot';
import { count, example, finite, metric, storedId, strings, text } from './run-file/common-schemas.ts';
import { loggedEvent } from './run-file/event-schema.ts';
import {
  datasetSource,
  facets,
  needs,
  personRecord,
  recordedReply,
  runRecord,
} from './run-file/record-schemas.ts';
import type { SententialSchema } from './schema.ts';

const datasetHead = v.looseObject({
  schemaVersion: v.literal(1),
  id: storedId,
  name: text,
  description: text,
  source: datasetSource,
  metric,
  choices: strings,
  facets,
  createdAt: finite,
  size: count,
});

/** The design is checked by the Lab when the experiment is started; this is what a list shows. */
const experimentRecord = v.looseObject({
  schemaVersion: v.literal(1),
  id: v.pipe(text, v.nonEmpty()),
  status: text,
  createdAt: finite,
  updatedAt: finite,
  done: count,
  config: v.looseObject({
    design: v.looseObject({ tasks: v.array(v.looseObject({ id: text })) }),
    model: v.looseObject({ engine: text }),
  }),
});

export const stored: Readonly<Record<StoreNames<SententialSchema>, v.GenericSchema>> = {
  datasets: datasetHead,
  examples: v.looseObject({ examples: v.array(example), needs }),
  runs: runRecord,
  runEvents: loggedEvent,
  completions: v.looseObject({ key: text, reply: recordedReply, runId: text }),
  person: personRecord,
  settings: v.unknown(),
  experiments: experimentRecord,
  experimentCells: v.looseObject({}),
};
