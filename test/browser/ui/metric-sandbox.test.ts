/** The sandbox of a person's own metric, in a real browser: what it can do, and what is out of its reach. */
import { afterEach, describe, expect, it } from 'vitest';
import { MetricSandbox } from '../../../src/ui/metric-sandbox.ts';
import type { CodeVerdict } from '../../../src/core/evaluate/code-metric.ts';

let sandbox = new MetricSandbox();

afterEach(() => {
  sandbox.close();
  sandbox = new MetricSandbox();
});

function score(code: string): Promise<CodeVerdict> {
  return sandbox.score({
    code,
    output: 'Let me see.\nAnswer: Bern',
    answer: 'Bern',
    target: 'Bern',
    alternatives: ['Berne'],
    input: 'The capital?',
    fields: { country: 'Switzerland' },
  });
}

async function failureOf(code: string): Promise<string> {
  const verdict = await score(code);
  return 'failure' in verdict ? verdict.failure : `no failure, but ${verdict.score}`;
}

describe('code in the sandbox', () => {
  it.each([
    ['an expression', 'answer === target', 1],
    ['a function body', 'const right = alternatives.includes(answer);\nreturn right ? 1 : 0.25;', 0.25],
    ['a promise', 'return Promise.resolve(fields.country.length / 20)', 0.55],
    ['the whole reply', 'output.includes(input)', 0],
  ])('may be %s', async (_, code, expected) => {
    expect(await score(code)).toEqual({ score: expected });
  });

  it.each([
    ['throws', 'throw new Error("too short")', 'Error: too short'],
    ['does not parse', 'return (', 'SyntaxError'],
    ['uses what is not there', 'missing + 1', 'ReferenceError: missing'],
    ['gives no number', '"yes"', 'It gave string. Expected a number from 0 to 1'],
    ['gives too much', '3', 'It gave 3. Expected a number from 0 to 1'],
    ['gives none', 'NaN', 'It gave NaN.'],
  ])('that %s gives a reason', async (_, code, words) => {
    expect(await failureOf(code)).toContain(words);
  });

  it('that never ends is ended, and the next answer is scored', async () => {
    const [endless, after] = await Promise.all([failureOf('for (;;);'), score('1')]);
    expect(endless).toContain('longer than 1 second');
    expect(after).toEqual({ score: 1 });
  });
});

const here = `${location.origin}/favicon.svg`;
const socket = here.replace('http', 'ws');

describe('out of reach of the code', () => {
  it.each([
    ['fetch', `return fetch('${here}').then(() => 1)`],
    ['fetch of data', `return fetch('data:,x').then(() => 1)`],
    [
      'XMLHttpRequest',
      `const request = new XMLHttpRequest(); request.open('GET', '${here}', false); request.send(); return 1`,
    ],
    [
      'WebSocket',
      `return new Promise((open, fail) => { const socket = new WebSocket('${socket}'); socket.onopen = () => open(1); socket.onerror = () => fail(new Error('refused')); })`,
    ],
    [
      'EventSource',
      `return new Promise((open, fail) => { const source = new EventSource('${here}'); source.onopen = () => open(1); source.onerror = () => fail(new Error('refused')); })`,
    ],
    ['import()', `return import('${location.origin}/@vite/client').then(() => 1)`],
    ['import() of data', `return import('data:text/javascript,export default 1').then(() => 1)`],
    ['importScripts', `importScripts('${here}'); return 1`],
    [
      'the network of a worker of its own',
      `return new Promise((open, fail) => { const address = URL.createObjectURL(new Blob(["fetch('${here}').then(() => postMessage(1), (error) => postMessage(String(error)))"])); new Worker(address).onmessage = ({ data }) => data === 1 ? open(1) : fail(new Error(data)); })`,
    ],
    [
      'IndexedDB',
      `return new Promise((open, fail) => { const request = indexedDB.open('x'); request.onsuccess = () => open(1); request.onerror = () => fail(request.error); })`,
    ],
    ['the cache', `return caches.open('x').then(() => 1)`],
    ['files', `return navigator.storage.getDirectory().then(() => 1)`],
    ['local storage', `return localStorage.length + 1`],
    ['the page', `return document.body ? 1 : 0`],
  ])('%s', async (_, code) => {
    expect(await failureOf(code)).toMatch(/Error|refused/);
  });

  it('the origin of the app', async () => {
    expect(await score('self.origin === "null"')).toEqual({ score: 1 });
  });
});
