/** A reply on its way to one of the choices it is limited to: with which tokens it may go on, as the engine's grammar would say. */
import { utf8, type Vocabulary } from './vocabulary.ts';

export class ChoiceWalk {
  readonly #vocabulary: Vocabulary;
  /** What is left of each choice that is still possible. */
  #left: readonly string[];

  constructor(choices: readonly string[], vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary;
    this.#left = choices.map(utf8);
  }

  /** @param stopTokens end the reply, which they may where a choice is complete. @throws when no token leads on */
  allowed(stopTokens: readonly number[]): readonly number[] {
    const onward = this.#vocabulary.beginningsOf(this.#left);
    const tokens = this.#left.includes('') ? [...onward, ...stopTokens].sort((a, b) => a - b) : onward;
    if (tokens.length === 0) throw new Error('No token leads on to any of the choices.');
    return tokens;
  }

  take(token: number): void {
    const bytes = this.#vocabulary.bytesOf(token);
    this.#left = this.#left.filter((left) => left.startsWith(bytes)).map((left) => left.slice(bytes.length));
  }
}
