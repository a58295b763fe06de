/** Why a reply of the optimizer model was not used. The page explains each in words. */
export type RejectionCode =
  /** Nothing is left after thinking, tags and chatter were taken away. */
  | 'empty'
  /** Fewer words than an instruction needs. */
  | 'too-short'
  /** More words than the sentence or the prompt may grow to. */
  | 'too-long'
  /** Cut at the token limit in the middle of a sentence, or still thinking when it was cut. */
  | 'truncated'
  /** Says what the prompt says already, give or take a word. */
  | 'unchanged'
  /** Was proposed before at this place and not adopted. */
  | 'already-tried'
  /** Copies a train or validation input, or is built from the rare words of one shown case. */
  | 'leaks-example'
  /** Names the expected answer of a case that was shown. */
  | 'leaks-answer'
  /** Is not in the language or script of the prompt. */
  | 'wrong-language'
  /** A `{{placeholder}}` of the original is missing: the input would no longer reach the model. */
  | 'placeholder-lost'
  /** Has a placeholder or a blank to fill in that the original does not have. */
  | 'placeholder-invented'
  /** The prompt's only statement of the answer format would be gone. */
  | 'format-lost'
  /** Talks about the rewriting instead of being the rewritten text. */
  | 'meta-talk'
  /** The model declined. */
  | 'refusal'
  /** Speaks in turns (`User:`) or repeats the labels of the shown cases (`Expected:`). */
  | 'role-marker'
  /** Tags, fences, headings or brackets that were opened and never closed. */
  | 'markup'
  /** JSON, a table or program code in place of prose. */
  | 'structured-data'
  /** The same words over and over. */
  | 'repetition'
  /** Solves a case instead of saying how cases are solved. */
  | 'answers-task'
  /** Asks the person for something. */
  | 'asks-back'
  /** Tells the model to drop its instructions, or to go to an address: text that came in with the data. */
  | 'injection'
  /** There was no reply: the call failed or ran out of time. */
  | 'call-failed';

export interface Rejection {
  readonly accepted: false;
  readonly code: RejectionCode;
  /** What exactly, for the person who wants to know (e.g. the shared words). */
  readonly detail?: string;
}

export type Verdict = { readonly accepted: true; readonly text: string } | Rejection;
