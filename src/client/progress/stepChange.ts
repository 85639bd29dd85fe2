/**
 * Progress as it is displayed: sync phases and build vertexes are both steps, output comes in whole lines, and every
 * text is already safe to show. Made by ChangeReader; nothing behind it has to escape anything.
 */
export type StepChange = StepUpdate | TaskUpdate | LineAdded | WarningAdded;

/** A step began, went on or ended. Replaces what was known of it. Times are milliseconds since 1970. */
export interface StepUpdate {
  readonly type: 'step';
  readonly step: string;
  readonly name: string;
  readonly cached: boolean;
  readonly started: number | undefined;
  readonly completed: number | undefined;
  /** Why it failed; '' while it did not. */
  readonly error: string;
}

/** A part of a step, such as one download. */
export interface TaskUpdate {
  readonly type: 'task';
  readonly step: string;
  /** Which part it is, for later updates. */
  readonly task: string;
  /** What it is, for the user: 'transferring context:'. */
  readonly label: string;
  /** How far it is: '2B', '1.00MB / 3.00MB', '12 files 3.40MB'; '' when there is nothing to count. */
  readonly amount: string;
  readonly started: number | undefined;
  readonly completed: number | undefined;
}

export interface LineAdded {
  readonly type: 'line';
  readonly step: string;
  /** Without line end; may hold colours, see logText. */
  readonly text: string;
  readonly timestamp: number;
}

export interface WarningAdded {
  readonly type: 'warning';
  readonly step: string;
  readonly message: string;
  /** Lines of explanation. */
  readonly detail: readonly string[];
  readonly url: string;
  /** From 1; 0 when unknown. */
  readonly line: number;
}
