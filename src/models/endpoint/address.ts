/** The address of an OpenAI-compatible server, as people paste it and as it is used. */
import { AppError } from '../../core/errors.ts';

/**
 * Up to and with the version ("…/v1"), without what people copy along. A bare host gets `/v1`, where all servers of
 * this kind answer.
 * @throws AppError `invalid-option`
 */
export function normalBaseUrl(text: string): string {
  const url = parse(text.trim());
  if (url.username !== '' || url.password !== '') {
    throw new AppError(
      'invalid-option',
      'The address of the endpoint contains a user name or a key. Leave them out, and enter the key in its own field.',
    );
  }
  const path = url.pathname
    .replace(/\/+$/, '')
    .replace(/\/(chat\/completions|completions|models)$/, '')
    .replace(/\/+$/, '');
  return `${url.origin}${path === '' ? '/v1' : path}`;
}

function parse(text: string): URL {
  const url = /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : null;
  if (url) return url;
  throw new AppError(
    'invalid-option',
    `“${text}” is not the address of an endpoint. Enter one such as http://localhost:11434/v1.`,
  );
}

/** Addresses of this machine, which a secure page may ask by plain http. */
export function isLoopback(baseUrl: string): boolean {
  const { hostname } = new URL(baseUrl);
  return /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
