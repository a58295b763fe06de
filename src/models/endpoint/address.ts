/** The address of an OpenAI-compatible server, as people paste it and as it is used. */
import { AppError } from '../../core/errors.ts';

/**
 * Up to and with the version ("…/v1"), without what people copy along. A bare host gets `/v1`, where all servers of
 * this kind answer; an address without its beginning gets the usual one.
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

/** Whether it can be used as the address of a server. */
export function isEndpointAddress(text: string): boolean {
  try {
    return normalBaseUrl(text) !== '';
  } catch {
    return false;
  }
}

function parse(text: string): URL {
  const whole = withScheme(text);
  const url = /^https?:\/\//i.test(whole) && URL.canParse(whole) ? new URL(whole) : null;
  if (url) return url;
  throw new AppError(
    'invalid-option',
    `“${text}” is not the address of an endpoint. Enter one such as http://localhost:11434/v1.`,
  );
}

/** Servers at home speak http, others https. A single word is left as it is: it may be the beginning of anything. */
function withScheme(text: string): string {
  const isComplete = /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
  const isHost = /^(localhost\b|\[|[^\s/]+[.:][^\s/.:])/i.test(text);
  if (isComplete || !isHost || !URL.canParse(`http://${text}`)) return text;
  return `${isAtHome(new URL(`http://${text}`).hostname) ? 'http' : 'https'}://${text}`;
}

/** This machine, addresses that no provider gives out (RFC 1918, RFC 4193, link-local), names without a domain. */
export function isAtHome(hostname: string): boolean {
  if (isLoopbackHost(hostname) || hostname.endsWith('.local') || !/[.:]/.test(hostname)) return true;
  return /^(10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|\[f[cd]|\[fe80:)/.test(hostname);
}

/** Addresses of this machine, which a secure page may ask by plain http. */
export function isLoopback(baseUrl: string): boolean {
  return isLoopbackHost(new URL(baseUrl).hostname);
}

function isLoopbackHost(hostname: string): boolean {
  return /^(localhost|.*\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
