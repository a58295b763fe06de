/** A file at an address, fetched by the person's browser. Pages that show a file stand for the file itself. */
import { AppError, messageOf } from '../../core/errors.ts';

/** As much as a file may have. */
const MAX_BYTES = 256 * 1024 * 1024;

export interface AddressOptions {
  readonly fetch: (url: string) => Promise<Response>;
}

/** @throws `invalid-option` for what is no address of the web */
export function fileAddress(typed: string): URL {
  const text = typed.trim();
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol))
    throw new AppError(
      'invalid-option',
      `“${text.slice(0, 100)}” is no address. Expected one that begins with https://`,
    );
  return rawAddress(url);
}

/** GitHub and Hugging Face show a file at one address and give it at another. */
function rawAddress(url: URL): URL {
  const [owner, repository, page, ...rest] = url.pathname.slice(1).split('/');
  if (url.hostname === 'github.com' && page === 'blob')
    return new URL(`https://raw.githubusercontent.com/${owner ?? ''}/${repository ?? ''}/${rest.join('/')}`);
  if (url.hostname === 'huggingface.co') {
    const raw = new URL(url);
    raw.pathname = url.pathname.replace(/^(\/(?:datasets\/)?[^/]+\/[^/]+)\/blob\//, '$1/resolve/');
    return raw;
  }
  return url;
}

/** The last part of the path, as a file would be called. */
export function fileNameOf({ pathname, hostname }: URL): string {
  const last = pathname.split('/').findLast((part) => part !== '');
  try {
    return decodeURIComponent(last ?? hostname);
  } catch {
    return last ?? hostname; // a % that encodes nothing
  }
}

/** @throws `invalid-option`, `download-failed`, `data-unreadable` when it is too large */
export async function loadAddress(
  typed: string,
  { fetch }: AddressOptions,
): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  const url = fileAddress(typed);
  const response = await ask(url, fetch);
  if (!response.ok) throw refused(url, response.status);
  if (Number(response.headers.get('content-length') ?? 0) > MAX_BYTES)
    throw new AppError(
      'data-unreadable',
      `The file at ${url.href} is larger than 256 MB. Import a part of it.`,
    );
  try {
    return { name: fileNameOf(url), bytes: new Uint8Array(await response.arrayBuffer()) };
  } catch (cause) {
    throw new AppError('download-failed', `Loading ${url.href} broke off (${messageOf(cause)}).`, { cause });
  }
}

async function ask(url: URL, fetch: AddressOptions['fetch']): Promise<Response> {
  try {
    return await fetch(url.href);
  } catch (cause) {
    throw new AppError(
      'download-failed',
      `${url.host} cannot be reached from this page. It may be down, or not let other pages read its files (CORS). Download the file and drop it here instead.`,
      { cause },
    );
  }
}

function refused({ href, host }: URL, status: number): AppError {
  if (status === 404)
    return new AppError('download-failed', `There is no file at ${href}. Check the address.`);
  const advice = 'Download the file in your browser and drop it here instead.';
  return new AppError('download-failed', `${host} refused the file (status ${status}). ${advice}`);
}
