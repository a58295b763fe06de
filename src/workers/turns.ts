/**
 * Two models on a machine with room for one: the one that is asked is loaded, the other waits unloaded. What is in
 * flight ends first, and requests to the loaded model go before a change: loading takes far longer than an answer.
 */
import { neverCancelled } from '../core/cancel.ts';
import { decorated } from '../core/decorated-model.ts';
import type { LanguageModel } from '../core/language-model.ts';
import type { Role } from './model-service.ts';

export interface TurnsParts {
  readonly load: (role: Role) => Promise<LanguageModel>;
  /** Gives all its memory back. */
  readonly unload: (role: Role) => Promise<void>;
}

const other: Readonly<Record<Role, Role>> = { task: 'optimizer', optimizer: 'task' };

/** Loads each once, to know what they are; the task model is the one that stays. */
export async function inTurns(parts: TurnsParts): Promise<Readonly<Record<Role, LanguageModel>>> {
  const optimizer = await parts.load('optimizer');
  await parts.unload('optimizer');
  const task = await parts.load('task');
  const turns = new Turns(parts, 'task', task);
  return { task: turnTaking(task, 'task', turns), optimizer: turnTaking(optimizer, 'optimizer', turns) };
}

class Turns {
  readonly #parts: TurnsParts;
  /** Null after a load that failed. */
  #active: Role | null;
  #model: Promise<LanguageModel>;
  #inFlight = 0;
  readonly #waiting: { readonly role: Role; readonly go: () => void }[] = [];

  constructor(parts: TurnsParts, active: Role, model: LanguageModel) {
    this.#parts = parts;
    this.#active = active;
    this.#model = Promise.resolve(model);
  }

  async use<T>(role: Role, ask: (model: LanguageModel) => Promise<T>): Promise<T> {
    await this.#turn(role);
    try {
      return await ask(await this.#model);
    } finally {
      this.#inFlight -= 1;
      if (this.#inFlight === 0) this.#letNextIn();
    }
  }

  #turn(role: Role): Promise<void> {
    const isFree = this.#inFlight === 0;
    if (role !== this.#active && !isFree) {
      return new Promise((go) => this.#waiting.push({ role, go }));
    }
    this.#enter(role);
    return Promise.resolve();
  }

  #enter(role: Role): void {
    this.#inFlight += 1;
    if (role === this.#active) return;
    this.#active = role;
    this.#model = this.#change(role);
    // Whoever asks is told; who asks next tries again.
    this.#model.catch(() => (this.#active = null));
  }

  async #change(role: Role): Promise<LanguageModel> {
    await this.#parts.unload(other[role]).catch(() => undefined); // what hangs is ended with its worker
    return this.#parts.load(role);
  }

  #letNextIn(): void {
    for (const { role, go } of this.#waiting.splice(0)) {
      this.#enter(role);
      go();
    }
  }
}

function turnTaking(known: LanguageModel, role: Role, turns: Turns): LanguageModel {
  const complete: LanguageModel['complete'] = (request, cancel = neverCancelled) =>
    turns.use(role, (model) => {
      cancel.throwIfCancelled();
      return model.complete(request, cancel);
    });
  return {
    ...decorated(known, complete),
    countTokens: (text) => turns.use(role, (model) => model.countTokens(text)),
  };
}
