import type { StepStatus } from './buildState.ts';

/** How the parts of a build's display are coloured: a step by how it stands, its name as a heading, its output. */
export type Paint = Readonly<Record<StepStatus | 'name' | 'output', (text: string) => string>>;

const sgr = (code: number) => (text: string) => `\x1b[${code}m${text}\x1b[0m`;
const asIs = (text: string) => text;

export const noPaint: Paint = {
  waiting: asIs,
  running: asIs,
  done: asIs,
  cached: asIs,
  failed: asIs,
  cancelled: asIs,
  name: asIs,
  output: asIs,
};

/** Blue for what is done, red for what failed, yellow for what was cancelled; headings are bold, output is dim. */
export const colourPaint: Paint = {
  ...noPaint,
  done: sgr(34),
  cached: sgr(34),
  failed: sgr(31),
  cancelled: sgr(33),
  name: sgr(1),
  output: sgr(2),
};
