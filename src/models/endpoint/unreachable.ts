/**
 * Why a server cannot be reached. A browser reports every such failure as the same `TypeError`, so what can be told
 * apart is found out by a second request: one that needs no permission of the server, and whose answer is not read.
 */
import { AppError } from '../../core/errors.ts';
import { isAtHome, isLoopback } from './address.ts';
import type { Environment } from './environment.ts';

export async function unreachable(
  baseUrl: string,
  { fetch, origin }: Pick<Environment, 'fetch' | 'origin'>,
): Promise<AppError> {
  if (origin?.startsWith('https:') && baseUrl.startsWith('http:') && !isLoopback(baseUrl)) {
    return new AppError('endpoint-unreachable', mixedContent(baseUrl));
  }
  const answers = origin !== null && (await answersAtAll(baseUrl, fetch));
  if (answers) return new AppError('endpoint-unreachable', notAllowed(baseUrl, origin));
  if (origin?.startsWith('http:') && !isLoopback(origin) && isLoopback(baseUrl)) {
    return new AppError('endpoint-unreachable', outOfReach(baseUrl));
  }
  return new AppError('endpoint-unreachable', `${notRunning(baseUrl)}${await hintOfHttp(baseUrl, fetch)}`);
}

/** Most servers of one's own speak plain http, and answer nothing to https. */
async function hintOfHttp(baseUrl: string, ask: typeof fetch): Promise<string> {
  const plain = baseUrl.replace(/^https:/, 'http:');
  if (plain === baseUrl) return '';
  if (await answersAtAll(plain, ask)) return ` A server answers by plain http: enter ${plain}.`;
  const { hostname, port } = new URL(baseUrl);
  const isLikely = port !== '' || isAtHome(hostname);
  return isLikely ? ` If the server speaks plain http, enter ${plain}.` : '';
}

async function answersAtAll(baseUrl: string, ask: typeof fetch): Promise<boolean> {
  try {
    await ask(`${baseUrl}/models`, { mode: 'no-cors', credentials: 'omit', cache: 'no-store' });
    return true;
  } catch {
    return false;
  }
}

function mixedContent(baseUrl: string): string {
  return `This page came by https, and from such a page the browser asks no plain http address on another machine (${baseUrl}). Give the server an https address, run it on this machine (http://localhost), or open Sentential from a plain http address of your own.`;
}

function outOfReach(baseUrl: string): string {
  return `Nothing answers at ${baseUrl}. This page came by plain http from another machine, and from such a page Chrome and Edge reach no address of this computer: open it by https or at http://localhost, or enter the server’s address in your network.`;
}

function notAllowed(baseUrl: string, origin: string): string {
  return `A server answers at ${baseUrl}, but it does not allow this page to read its answers (CORS). Allow the origin ${origin}: for Ollama set OLLAMA_ORIGINS=${origin} and restart it; in LM Studio switch on “Enable CORS” in the server settings; for vLLM start with --allowed-origins '["${origin}"]'; llama.cpp’s server allows every page unless a proxy stands before it. Check too that it is the address of the API, which usually ends with /v1, and not of a web page.`;
}

function notRunning(baseUrl: string): string {
  return `Nothing answers at ${baseUrl}. Check that the server is running and that host and port are right; when the browser asks whether this page may reach devices on your network, allow it.`;
}
