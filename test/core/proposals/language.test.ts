import { describe, expect, it } from 'vitest';
import { detectLanguage, languageProblem } from '../../../src/core/proposals/language.ts';
import { sentenceLibrary } from '../../../src/core/proposals/operators.ts';

const english = 'Read the question and count the objects that are asked for. Answer with a number.';
const german = 'Lies die Frage und zähle die Dinge, nach denen gefragt wird. Antworte mit einer Zahl.';

describe('the language of a text', () => {
  it.each([
    ['en', english],
    ['de', german],
    ['fr', 'Lis la question et compte les objets qui sont dans la liste.'],
    ['es', 'Lee la pregunta y cuenta los objetos que hay en la lista.'],
    ['it', 'Leggi la domanda e conta gli oggetti che sono nella lista.'],
    ['pt', 'Leia a pergunta e conte os objetos que estão na lista.'],
    ['nl', 'Lees de vraag en tel de dingen die in het lijstje staan.'],
  ])('is told by its function words: %s', (language, text) => {
    expect(detectLanguage(text)).toBe(language);
  });

  it('is unknown for text without function words', () => {
    expect(detectLanguage('cat dog emu')).toBeNull();
    expect(detectLanguage('')).toBeNull();
  });
});

describe('the language check', () => {
  it.each([
    'Count carefully.',
    'Think step by step.',
    'Verify totals twice, please.',
    'Ignore café names.',
    'Sort, count, sum, report.',
    'Output: yes/no.',
    'Double-check spelling, punctuation, spacing and numbers.',
    ...sentenceLibrary,
  ])('lets an English imperative pass: %s', (text) => {
    expect(languageProblem(text, english)).toBeNull();
  });

  it.each([
    'Zähle sorgfältig.',
    'Denke Schritt für Schritt.',
    'Cuenta cada objeto de la lista.',
    'Сосчитай все предметы.',
  ])('finds another language than English: %s', (text) => {
    expect(languageProblem(text, english)).not.toBeNull();
  });

  it.each(['Zähle sorgfältig.', 'Addiere alle Zahlen der Liste.', 'Prüfe das Ergebnis.'])(
    'lets German pass for a German prompt: %s',
    (text) => {
      expect(languageProblem(text, german)).toBeNull();
    },
  );

  it('lets single foreign letters pass, and words that the prompt has itself', () => {
    expect(languageProblem('Use π for the ratio of a circle.', english)).toBeNull();
    expect(
      languageProblem('Answer “да” if the statement is true.', `${english} Answer “да” or “нет”.`),
    ).toBeNull();
  });

  it('judges a prompt in an unknown language by script only', () => {
    const finnish = 'Lue kysymys huolellisesti ja laske esineet.';
    expect(languageProblem('Laske jokainen esine kerran.', finnish)).toBeNull();
    expect(languageProblem('数一数', finnish)).not.toBeNull();
  });
});
