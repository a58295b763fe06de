import { expect, it } from 'vitest';
import type { Mapping } from '../../src/data/import/mapping.ts';
import { answerColumns } from '../../src/ui/state/answer-columns.ts';

const mapping: Mapping = {
  input: '{{Message}} Priority: {{ Category }}',
  target: 'Category',
  alternatives: null,
  options: [],
  id: null,
  targetAfter: null,
};

it.each<[Partial<Mapping>, string[]]>([
  [{}, ['Category']],
  [{ input: '{{Message}} Category' }, []],
  [{ target: null }, []],
  [{ input: '{{Category}}' }, ['Category']],
  [{ alternatives: 'Message' }, ['Category', 'Message']],
])('the answers in an input: %j', (part, expected) => {
  expect(answerColumns({ ...mapping, ...part })).toEqual(expected);
});
