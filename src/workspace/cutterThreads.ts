import { existsSync } from 'node:fs';
import type { Disposable } from '../base/disposable.ts';
import { Fifo } from '../base/fifo.ts';
import { AnsweringThread } from './answeringThread.ts';
import type { Cutter, Slice } from './fileCutter.ts';
import { workspaceLimits } from './limits.ts';

/** Asks for the next slice of a file. Descriptors are those of the whole process. */
export interface CutOrder {
  /** The file begins with this. */
  readonly file: { readonly fd: number; readonly size: number } | undefined;
  readonly lent: boolean;
  /** What was lent earlier, for this and later ones. */
  readonly spent: readonly ArrayBuffer[];
}

export type CutAnswer =
  | { readonly slice: Slice }
  /** The system's error. */
  | { readonly failure: { readonly message: string; readonly code: string | undefined } };

/** Who reads large files for one walk, in another thread. */
export interface Cutting {
  /** Undefined for a file that is not worth it. One file at a time: the one before must be closed. */
  cutterOf(fd: number, size: number): OpenCutter | undefined;
}

export interface OpenCutter extends Cutter {
  /** Resolves when nobody reads from the descriptor any more. */
  close(): Promise<void>;
}

/**
 * A thread that reads, cuts and hashes large files, a little ahead of the walk that asks for them. So this thread has its
 * hands free for the link, which is idle whenever nobody is there to refill the socket's small buffer.
 */
export class CutterThreads {
  readonly #script: string;
  readonly #fewest: number;

  /**
   * @param script the bundled cutter.js
   * @param fewest bytes of a file from which on it pays
   */
  constructor(script: string, fewest: number = workspaceLimits.threadedFile) {
    this.#script = script;
    this.#fewest = fewest;
  }

  /** For one walk, and until it is disposed of. The thread starts with the first file that is large enough. */
  forWalk(): Cutting & Disposable {
    const thread = new AnsweringThread<CutOrder, CutAnswer>(this.#script, 'reads large files');
    return {
      cutterOf: (fd, size) =>
        size < this.#fewest || !existsSync(this.#script) ? undefined : new ThreadCutter(thread, { fd, size }),
      dispose: () => thread.dispose(),
    };
  }
}

class ThreadCutter implements OpenCutter {
  readonly #thread: AnsweringThread<CutOrder, CutAnswer>;
  /** Until the thread has been told of it. */
  #file: CutOrder['file'];
  readonly #asked = new Fifo<Promise<CutAnswer>>();
  #spent: ArrayBuffer[] = [];

  constructor(thread: AnsweringThread<CutOrder, CutAnswer>, file: NonNullable<CutOrder['file']>) {
    this.#thread = thread;
    this.#file = file;
  }

  async next(lent: boolean): Promise<Slice> {
    while (this.#asked.size < workspaceLimits.slicesAhead) this.#ask(lent);
    const answer = await this.#asked.shift()!;
    if ('slice' in answer) return answer.slice;
    const { message, code } = answer.failure;
    throw Object.assign(new Error(message), { code });
  }

  giveBack({ buffer }: Uint8Array): void {
    this.#spent.push(buffer as ArrayBuffer);
  }

  async close(): Promise<void> {
    for (let answer; (answer = this.#asked.shift()) !== undefined;) await answer.catch(() => {});
  }

  #ask(lent: boolean): void {
    const spent = this.#spent;
    this.#asked.push(this.#thread.ask({ file: this.#file, lent, spent }, spent));
    this.#file = undefined;
    this.#spent = [];
  }
}
