/**
 * What the simulated model needs to know of a task. A *facet* is something the answers depend on: the answer
 * format, a hidden convention, a needed step. Every example needs some facets; a prompt covers a facet when one of
 * its sentences states it. Plain data: it is stored with a dataset and sent to the model worker.
 */

export interface Facet {
  /** Unique within the task, e.g. "tie-rule". */
  readonly id: string;
  /**
   * `format`: without it the reply rambles instead of naming an answer. `step`: work that anyone could think of.
   * `convention`: only the expected answers tell it, so it is rarely seen before there are failures.
   */
  readonly kind: 'format' | 'step' | 'convention';
  /** In a few words, for the page: "ties go to the later name". */
  readonly label: string;
  /** Sentences that state it, best first; what a simulated optimizer writes when it names the facet. */
  readonly statements: readonly string[];
  /** A sentence states the facet when words of it start with a word (or phrase) of every group, without case. */
  readonly cues: readonly (readonly string[])[];
}

export interface SimulatedExample {
  /** Without white space around it. */
  readonly input: string;
  /** The input's columns, where there are several and a prompt may place them apart. */
  readonly columns?: readonly string[];
  readonly target: string;
  /** Facets this example needs, by id. */
  readonly needs: readonly string[];
  /** What an answer looks like when the facet is missing, by facet id; other slips under "". */
  readonly slips: Readonly<Record<string, string>>;
}

export interface SimulatedWorld {
  readonly facets: readonly Facet[];
  readonly examples: readonly SimulatedExample[];
}
