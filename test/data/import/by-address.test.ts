import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/core/errors.ts';
import { fileAddress, fileNameOf, loadAddress } from '../../../src/data/import/by-address.ts';

describe('an address', () => {
  it.each([
    ['https://a.org/x/my%20file.csv?y=1', 'https://a.org/x/my%20file.csv?y=1', 'my file.csv'],
    [' http://localhost:8000/ ', 'http://localhost:8000/', 'localhost'],
    ['https://a.org/100%', 'https://a.org/100%', '100%'],
    [
      'https://github.com/o/r/blob/main/data/t.json',
      'https://raw.githubusercontent.com/o/r/main/data/t.json',
      't.json',
    ],
    [
      'https://huggingface.co/datasets/o/d/blob/main/train.parquet',
      'https://huggingface.co/datasets/o/d/resolve/main/train.parquet',
      'train.parquet',
    ],
  ])('%j is loaded from %j and called %j', (typed, href, name) => {
    const url = fileAddress(typed);
    expect(url.href).toBe(href);
    expect(fileNameOf(url)).toBe(name);
  });

  it.each(['a.csv', 'javascript:alert(1)', 'file:///etc/passwd', ''])('%j is none', (typed) => {
    expect(() => fileAddress(typed)).toThrow('Expected one that begins with https://');
  });
});

describe('a file at an address', () => {
  const answer = (body: string, init?: ResponseInit) => ({
    fetch: () => Promise.resolve(new Response(body, init)),
  });

  it('is read as bytes with its name', async () => {
    const { name, bytes } = await loadAddress('https://a.org/t.csv', answer('a,b'));
    expect([name, new TextDecoder().decode(bytes)]).toEqual(['t.csv', 'a,b']);
  });

  it.each<[string, Parameters<typeof loadAddress>[1], string, RegExp]>([
    ['is missing', answer('', { status: 404 }), 'download-failed', /no file at https:\/\/a\.org\/t\.csv/],
    ['is refused', answer('', { status: 403 }), 'download-failed', /a\.org refused the file \(status 403\)/],
    [
      'is too large',
      answer('', { headers: { 'content-length': '300000000' } }),
      'data-unreadable',
      /larger than 256 MB/,
    ],
    [
      'cannot be read from another page',
      { fetch: () => Promise.reject(new TypeError('Failed to fetch')) },
      'download-failed',
      /CORS/,
    ],
  ])('that %s gives the reason and the next step', async (_, options, code, words) => {
    const failure: unknown = await loadAddress('https://a.org/t.csv', options).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(AppError);
    expect(failure).toMatchObject({ code });
    expect(String(failure)).toMatch(words);
  });
});
