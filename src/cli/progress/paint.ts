import type { StepStatus } from '../../client/progress/buildState.ts';

/** How the parts of a picture are coloured. */
export type Paint = Readonly<Record<StepStatus | 'output', (text: string) => string>>;

const sgr = (code: number) => (text: string) => `\x1b[${code}m${text}\x1b[0m`;
const asIs = (text: string) => text;

export const noPaint: Paint = {
  waiting: asIs,
  running: asIs,
  done: asIs,
  cached: asIs,
  failed: asIs,
  cancelled: asIs,
  output: asIs,
};

/** Blue for what is done, red for what failed, yellow for what was cancelled; output of steps is dim. */
export const colourPaint: Paint = {
  ...noPaint,
  done: sgr(34),
  cached: sgr(34),
  failed: sgr(31),
  cancelled: sgr(33),
  output: sgr(2),
};
