/** What a person is told who has just entered an address: its models, or where the API may be instead. */
import { AppError } from '../../core/errors.ts';
import type { ListedModel } from './chat-format.ts';
import type { Environment } from './environment.ts';
import { AttemptFailed, isPage, isTransient, webPage } from './failures.ts';
import { fetchList, listModels } from './list-models.ts';
import type { Access } from './list-models.ts';

/**
 * Empty where a server answers that keeps no list.
 * @throws AppError with what is in the way
 */
export async function askForModels(
  access: Access,
  environment: Environment,
): Promise<readonly ListedModel[]> {
  const listing = await listModels(access, environment).catch((thrown: unknown) => {
    throw thrown instanceof AttemptFailed ? inWords(thrown) : thrown;
  });
  if (typeof listing !== 'string') return listing;
  const isWebPage = listing === 'page';
  const elsewhere = await otherAddress(access.baseUrl, isWebPage, environment);
  if (elsewhere) throw elsewhere;
  if (isWebPage) throw webPage(access.baseUrl);
  return [];
}

/** Names the address at the same host where an API does answer; null when there is none. */
export async function otherAddress(
  baseUrl: string,
  isWebPage: boolean,
  environment: Environment,
): Promise<AppError | null> {
  const places = usualPlaces(baseUrl);
  const areThere = await Promise.all(places.map((place) => answersThere(place, environment)));
  const found = places.find((_, index) => areThere[index]);
  if (found === undefined) return null;
  const what = isWebPage
    ? `This address answers with a web page, not an API: ${baseUrl}.`
    : `There is no list of models at ${baseUrl}, so it may be the wrong address.`;
  return new AppError('invalid-option', `${what} An API answers at ${found}: enter that.`);
}

function usualPlaces(baseUrl: string): string[] {
  const { origin } = new URL(baseUrl);
  const below = /\/v\d+$/.test(baseUrl) ? [] : [`${baseUrl}/v1`];
  const all = [...below, `${origin}/v1`, `${origin}/api/v1`, `${origin}/api`];
  return [...new Set(all)].filter((place) => place !== baseUrl);
}

/** Without the key: it belongs to the address that was entered. An API that asks for one answers too. */
async function answersThere(baseUrl: string, environment: Environment): Promise<boolean> {
  try {
    return typeof (await fetchList({ baseUrl, key: null, model: '' }, environment)) !== 'string';
  } catch (thrown) {
    const refusal = thrown instanceof AttemptFailed ? thrown.refusal : null;
    return refusal !== null && refusal.status === 401 && !isPage(refusal.body);
  }
}

function inWords({ reason }: AttemptFailed): AppError {
  if (!isTransient(reason)) return reason;
  const { error, words } = reason;
  const said = `${words.slice(0, 1).toUpperCase()}${words.slice(1)}. Ask again in a moment.`;
  return new AppError(error?.code ?? 'endpoint-unreachable', said, { cause: error });
}
