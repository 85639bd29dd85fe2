import type { ProgressEvent, ProgressOutcome } from '../../client/progress/progressEvent.ts';

/** Shows the progress of one build. */
export interface ProgressRenderer {
  /** Takes note of an event. Never throws, never waits. */
  update(event: ProgressEvent): void;
  /** Shows how it ended, and resolves when all is written. To be called once; later updates are ignored. */
  finish(outcome: ProgressOutcome): Promise<void>;
}
