import { describe, expect, it } from 'vitest';
import { almostNames, asText, namesOf, renamed, unknownNames } from '../../src/ui/state/prompt-names.ts';

const known = ['input', 'Message', 'customer', 'Order date'];

describe('names in a prompt that the dataset does not have', () => {
  it.each<[string, string, string | null]>([
    ['{{message}}', 'message', 'Message'],
    ['{{custmer}}', 'custmer', 'customer'],
    ['{{order_date}}', 'order_date', 'Order date'],
    ['{{ Inptu }}', 'Inptu', 'input'],
    ['{{zip}}', 'zip', null],
    ['{{Größe}}', 'Größe', null],
  ])('%s', (prompt, name, suggestion) => {
    expect(unknownNames(`Read ${prompt}.`, known)).toEqual([{ name, suggestion }]);
  });

  it.each([
    '{{input}} {{ Message }} {{Order date}} {input} {customer}',
    '{{#if a}} {{"a": 1}} {{1}} {{}} {{a|b}} {unknown} {"json": {"a": 1}} \\frac{1}{2}',
    'Keep \\{{message}}.',
  ])('are none in: %s', (prompt) => {
    expect(unknownNames(prompt, known)).toEqual([]);
  });

  it('are told once, and the only name there is stands for them', () => {
    expect(unknownNames('{{text}} or {{text}}', ['input'])).toEqual([{ name: 'text', suggestion: 'input' }]);
  });

  it('are mended or kept as text, and are then no longer unknown', () => {
    const prompt = 'Read {{message}}.';
    expect(renamed(prompt, 'message', 'Message')).toBe('Read {{Message}}.');
    expect(asText(prompt, 'message')).toBe('Read \\{{message}}.');
    expect(unknownNames(asText(prompt, 'message'), known)).toEqual([]);
  });
});

it('in single braces only another case is told; all else is text', () => {
  expect(almostNames('{message} {Message} {{message}} \\{Customer} {zip} {Customer}', known)).toEqual([
    { name: 'message', suggestion: 'Message' },
    { name: 'Customer', suggestion: 'customer' },
  ]);
});

it('the names are the input and every column that an example keeps', () => {
  expect(namesOf([{}, { fields: { a: '1' } }, { fields: { a: '2', b: '3' } }])).toEqual(['input', 'a', 'b']);
});
