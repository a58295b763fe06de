/**
 * What a server does not take of the usual request. Strict servers refuse fields they do not know, newer models of
 * OpenAI some that all others want. Their refusals name the field: it is left out or renamed from then on.
 */
import { AttemptFailed } from './failures.ts';
import type { Refusal } from './failures.ts';

export type Body = Readonly<Record<string, unknown>>;

interface Change {
  readonly field: string;
  /** The name it is sent by instead; left out where there is none. */
  readonly as?: string;
  /** For the page. */
  readonly note: string;
}

const changes: readonly Change[] = [
  {
    field: 'max_tokens',
    as: 'max_completion_tokens',
    note: 'the server takes the length of a reply as max_completion_tokens, thoughts included',
  },
  { field: 'max_completion_tokens', note: 'the server takes no limit for the length of a reply' },
  { field: 'temperature', note: 'the server takes no temperature: equal questions may get other replies' },
  { field: 'seed', note: 'the server takes no seed' },
  { field: 'stop', note: 'the server takes no stop texts' },
  { field: 'stream_options', note: 'the server takes no stream_options' },
  { field: 'stream', note: 'the server does not stream' },
];

/** Of a field as such: a value that is too large is the person's to correct. */
const isUnknownField =
  /un(supported|recogni[sz]ed|known|expected)|not (be )?(supported|permitted|allowed|recogni[sz]ed|a valid)|does(n't| not) support|extra_?\s?(inputs|fields|forbidden)|additional propert|cannot find field|strictly positive/i;

export class Dialect {
  readonly #learned: Change[] = [];
  readonly #onLearned: () => void;

  constructor(onLearned: () => void = () => undefined) {
    this.#onLearned = onLearned;
  }

  get notes(): readonly string[] {
    return this.#learned.map(({ note }) => note);
  }

  /** The usual request as this server takes it. */
  said(usual: Body): Body {
    return this.#learned.reduce((body, { field, as }) => {
      const { [field]: value, ...rest } = body;
      if (!(field in body)) return body;
      return as === undefined ? rest : { ...rest, [as]: value };
    }, usual);
  }

  /**
   * @param sent - the request that failed
   * @returns whether another attempt would say it differently
   */
  learn(thrown: unknown, sent: Body): boolean {
    if (!(thrown instanceof AttemptFailed) || !thrown.refusal) return false;
    const refused = refusedField(thrown.refusal, sent);
    const change = changes.find(({ field }) => field === refused);
    if (!change) return false;
    // Others in flight were refused for the same field; they only ask again.
    if (this.#learned.includes(change)) return true;
    this.#learned.push(change);
    this.#onLearned();
    return true;
  }
}

/** The field that was sent and is named first in the words of the server. */
function refusedField({ status, body }: Refusal, sent: Body): string | null {
  if ((status !== 400 && status !== 422) || !isUnknownField.test(body)) return null;
  const named = changes
    .filter(({ field }) => field in sent)
    .map(({ field }) => ({ field, at: body.search(new RegExp(`\\b${field}\\b`)) }))
    .filter(({ at }) => at >= 0)
    .toSorted((one, other) => one.at - other.at);
  return named[0]?.field ?? null;
}
