/** Hash routes: the app is one static file under any sub-path, so the address after `#` is all there is. */

const pages = [
  'start',
  'data',
  'setup',
  'run',
  'result',
  'history',
  'storage',
  'lab',
  'learn',
  'diagnostics',
] as const;
export type PageName = (typeof pages)[number];

export interface Route {
  readonly page: PageName | 'unknown';
  /** What follows the page's name: a dataset's or a run's id; null when nothing does. */
  readonly id: string | null;
  readonly query: URLSearchParams;
  /** The whole of it, without the query: two routes with the same path are the same page. */
  readonly path: string;
}

/** The address of a page, for `href`. */
export function hrefTo(page: PageName, id?: string, query: Readonly<Record<string, string>> = {}): string {
  const path = page === 'start' ? '#/' : `#/${page}${id === undefined ? '' : `/${encodeURIComponent(id)}`}`;
  const search = new URLSearchParams(query).toString();
  return search === '' ? path : `${path}?${search}`;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // a stray % in a typed address
  }
}

export function parseHash(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const [first = '', id = '', ...more] = path.split('/').map(decode);
  const named = path === '' ? 'start' : first;
  return {
    page: (more.length === 0 && pages.find((page) => page === named)) || 'unknown',
    id: id === '' ? null : id,
    query: new URLSearchParams(search),
    path,
  };
}
