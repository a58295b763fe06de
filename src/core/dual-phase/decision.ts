/** What a comparison on validation ends with, and what the log says of it. */
import type { PairedGate } from '../stats/paired-gate.ts';
import type { Candidate, Evaluation } from '../types.ts';

export interface Decision {
  readonly isAccepted: boolean;
  /** Covers the whole split when accepted (in turn: what it took to decide); ended early when a rejection was certain. */
  readonly validation: Evaluation;
  /** Incumbent wrong, candidate right, among the outcomes there are; and the reverse. */
  readonly wins: number;
  readonly losses: number;
}

/** What the log says of a gate, whichever it was. */
export function decided(candidate: Candidate, gate: PairedGate) {
  const { wins, losses, asked, planned, pValue, needed } = gate;
  const verdict = gate.verdict ?? 'noise';
  return {
    type: 'gate-decided',
    gate: 'validation',
    candidateId: candidate.id,
    verdict,
    wins,
    losses,
    asked,
    planned,
    pValue,
    needed,
  } as const;
}
