/**
 * One picture of a running build: a header, then a line per step with what is going on beneath it.
 *
 *     [+] Building 1.2s (3/5)
 *      => CACHED [1/3] FROM docker.io/library/alpine                     0.0s
 *      => [2/3] RUN make                                                 1.1s
 *      => => # cc -c main.c
 */
import type { BuildState, Step, StepStatus } from '../../client/progress/buildState.ts';
import { elapsed, hasEnded, statusOf } from '../../client/progress/buildState.ts';
import { formatSeconds } from '../../client/progress/format.ts';
import { withoutColours } from '../../client/progress/logText.ts';
import type { Paint } from '../../client/progress/paint.ts';
import { textWidth, truncate } from './textWidth.ts';

/** Lines of output beneath a running step. */
const shownLogLines = 6;
/** Parts of a step that are listed beneath it: the latest. */
const shownTasks = 8;

export interface FrameView {
  /** Local time, in milliseconds, and that at which all began. */
  readonly now: number;
  readonly startedAt: number;
  readonly columns: number;
  /** No frame is higher; undefined for the last one, which scrolls freely. */
  readonly rows: number | undefined;
  /** Behind the header, once all has ended: 'FINISHED'. */
  readonly ending: string;
  readonly paint: Paint;
}

interface Block {
  readonly head: string;
  readonly body: readonly string[];
  readonly ended: boolean;
}

const prefixes: Readonly<Record<StepStatus, string>> = {
  waiting: '',
  running: '',
  done: '',
  cached: 'CACHED ',
  failed: 'ERROR ',
  cancelled: 'CANCELED ',
};

/** The lines of the picture, none wider than `columns`. */
export function renderFrame(state: BuildState, view: FrameView): string[] {
  const ended = state.steps.filter(hasEnded).length;
  const time = formatSeconds(view.now - view.startedAt);
  const ending = view.ending === '' ? '' : ` ${view.ending}`;
  const header = truncate(`[+] Building ${time} (${ended}/${state.steps.length})${ending}`, view.columns);
  const blocks = state.steps.filter((step) => statusOf(step) !== 'waiting').map((step) => blockOf(step, view));
  const fitted = view.rows === undefined ? blocks : fit(blocks, Math.max(0, view.rows - 1));
  return [header, ...fitted.flatMap((block) => [block.head, ...block.body])];
}

function blockOf(step: Step, view: FrameView): Block {
  const { paint, columns, now } = view;
  const status = statusOf(step);
  const head = aligned(` => ${prefixes[status]}${step.name}`, formatSeconds(elapsed(step, now)), columns);
  const tasks = step.tasks
    .slice(-shownTasks)
    .map((task) =>
      aligned(` => => ${[task.label, task.amount].join(' ')}`, formatSeconds(elapsed(task, now)), columns),
    );
  const output = hasEnded(step) ? [] : step.tail.slice(-shownLogLines).map(({ text }) => outputLine(text, columns));
  return {
    head: paint[status](head),
    body: [...tasks.map(paint[status]), ...output.map(paint.output)],
    ended: hasEnded(step),
  };
}

function outputLine(text: string, columns: number): string {
  return truncate(` => => # ${withoutColours(text).replaceAll('\t', '    ')}`, columns);
}

/** `left` and `right` at the two ends of a line; `left` gives way. */
function aligned(left: string, right: string, columns: number): string {
  const room = columns - right.length - 1;
  if (room < 1) return truncate(left, columns);
  const text = truncate(left, room);
  return `${text}${' '.repeat(room - textWidth(text))} ${right}`;
}

/**
 * As many blocks as fit into `rows`. What matters least goes first: the parts of ended steps, then the oldest ended
 * steps, then the older output of running ones, then the latest of those.
 */
function fit(blocks: readonly Block[], rows: number): readonly Block[] {
  if (heightOf(blocks) <= rows) return blocks;
  const shorter = blocks.map((block) => (block.ended ? withBody(block, 0) : block));
  let excess = heightOf(shorter) - rows;
  const current = shorter.filter((block) => !(block.ended && excess-- > 0));
  if (heightOf(current) <= rows) return current;
  const share = Math.max(0, Math.floor((rows - current.length) / current.length));
  return current.map((block) => withBody(block, share)).slice(0, rows);
}

/** The block with no more than the last `lines` lines of its body. */
function withBody(block: Block, lines: number): Block {
  return { ...block, body: block.body.slice(Math.max(0, block.body.length - lines)) };
}

function heightOf(blocks: readonly Block[]): number {
  return blocks.reduce((sum, block) => sum + 1 + block.body.length, 0);
}
