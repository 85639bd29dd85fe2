/** What `presync watch` prints as the states of its context come: each thing once, when it is true. */
import { toDisplay } from '../base/bytes.ts';
import { formatBytes, formatCount } from '../client/progress/format.ts';
import type { OwnerState } from '../client/ownerState.ts';
import { formatDigest } from '../context/digest.ts';
import { errorLines } from './output.ts';

export class WatchReport {
  readonly #root: string;
  /** What was printed last of the context, and of what fails. */
  #line = '';
  #failure = '';

  constructor(root: string) {
    this.#root = root;
  }

  /** The text for a state; undefined for what is known already, and for what passes too quickly to be read. */
  next(state: OwnerState): string | undefined {
    const failure = state.failure === undefined ? '' : errorLines(state.failure, false).join('\n');
    const line = settled(state, this.#root);
    // Neither works it nor does it fail: what was said last may still be true.
    if (line === undefined && failure === '') return undefined;
    const isOver = this.#failure !== '' && failure === '';
    const fresh = [];
    if (line !== undefined && (line !== this.#line || isOver)) fresh.push((this.#line = line));
    if (failure !== '' && failure !== this.#failure) fresh.push(failure);
    this.#failure = failure;
    return fresh.length > 0 ? fresh.join('\n') : undefined;
  }
}

/** The state as one line, where nothing is under way. */
function settled(state: OwnerState, root: string): string | undefined {
  if (state.link !== 'connected') return undefined;
  if (state.attached) return `${root} is watched by another program already; following it.`;
  if (!state.inSync || state.snapshot === undefined) return undefined;
  const { files, bytes, digest } = state.snapshot;
  const problems = state.problems.map((problem) => `\n  ${toDisplay(problem.path)}: ${problem.message}`).join('');
  const primed = state.primed ? ', ready to build' : '';
  const size = `${formatCount(files, 'file')}, ${formatBytes(bytes)}`;
  return `in sync${primed}: ${size}, ${formatDigest(digest).slice(0, 19)}${problems}`;
}
