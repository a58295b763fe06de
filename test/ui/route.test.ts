import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hrefTo, parseHash } from '../../src/ui/route.ts';

describe('routes', () => {
  it('read an empty address as the start page', () => {
    expect(['', '#', '#/'].map((hash) => parseHash(hash).page)).toEqual(['start', 'start', 'start']);
  });

  it('call what they do not know unknown', () => {
    expect(['#/nowhere', '#/data/a/b', '#/__proto__', '#//x'].map((hash) => parseHash(hash).page)).toEqual(
      Array(4).fill('unknown'),
    );
  });

  it('survive a stray percent sign', () => {
    expect(parseHash('#/data/100%').id).toBe('100%');
  });

  it('lead back to the id and the query they were made of', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string(), (id, value) => {
        const route = parseHash(hrefTo('data', id, { q: value }));
        expect(route).toMatchObject({ page: 'data', id });
        expect(route.query.get('q')).toBe(value);
      }),
    );
  });
});
