import type { Change } from '../context/change.ts';
import { limits } from '../protocol/limits.ts';
import type { SentChunk, WireChange } from '../protocol/message.ts';

/** A Changes message while it fills. */
export class ChangesFrame {
  readonly #changes: WireChange[] = [];
  readonly #inline: SentChunk[] = [];
  #size = 0;
  inlineBytes = 0;

  add(change: WireChange, inline: readonly SentChunk[]): void {
    this.#changes.push(change);
    this.#size += changeOverhead + change.path.length + extraLength(change);
    for (const chunk of inline) {
      this.#inline.push(chunk);
      this.inlineBytes += chunk.data.length;
    }
  }

  /** With room to spare for one more change of the largest kind and all that may be inlined. */
  get full(): boolean {
    return this.#size >= limits.changesFrameTarget / 2 || this.#changes.length >= limits.fieldsPerFrame / 4;
  }

  message(last: boolean) {
    return { type: 'changes', changes: this.#changes, inline: this.#inline, last } as const;
  }
}

/** The most that a change takes on the wire beside its paths, link target and chunk list: digests, times, tags. */
const changeOverhead = 112;

function extraLength(change: WireChange): number {
  if (change.op === 'remove') return 0;
  const { entry, from = '' } = change;
  switch (entry.kind) {
    case 'symlink':
      return entry.target.length;
    case 'directory':
      return from.length;
    case 'file':
      return entry.chunks === undefined ? 0 : listLength(entry.chunks.text) + (entry.chunks.base ?? '').length;
  }
}

function listLength(text: Uint8Array | readonly unknown[]): number {
  return text instanceof Uint8Array ? text.length : text.length * 32;
}

/** How many changes there are, as far as `most`, and all of them. */
export function peek(changes: Iterator<Change>, most: number): { count: number; all: Iterable<Change> } {
  const head: Change[] = [];
  while (head.length < most) {
    const next = changes.next();
    if (next.done === true) break;
    head.push(next.value);
  }
  return { count: head.length, all: chain(head, { [Symbol.iterator]: () => changes }) };
}

function* chain<T>(first: Iterable<T>, then: Iterable<T>): Generator<T> {
  yield* first;
  yield* then;
}
