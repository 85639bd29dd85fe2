import { Emitter } from '../../src/base/emitter.ts';
import { PresyncError } from '../../src/base/errors.ts';
import type { Reading } from '../../src/client/reading.ts';
import type { ChangeHint, Watching, WorkspaceContext } from '../../src/client/workspaceContext.ts';
import type { Digest } from '../../src/context/digest.ts';
import { digestOf } from '../../src/context/digest.ts';
import type { Path } from '../../src/context/path.ts';
import type { Problem } from '../../src/context/problem.ts';
import type { Proof } from '../../src/context/proof.ts';
import type { Snapshot } from '../../src/context/snapshot.ts';
import { Contents } from './contents.ts';

/** A folder in memory: what it holds is set by the test, and shows only when it is read. */
export class FakeWorkspace implements WorkspaceContext, Watching {
  readonly id = digestOf(Buffer.from('context'));
  readonly remembered = undefined;
  readonly contents = new Contents();
  readonly reads: ChangeHint[] = [];
  readonly #changed = new Emitter<ChangeHint>();
  readonly onDidChange = this.#changed.event;
  ready = new Promise<void>(() => {});
  degraded: string | undefined;
  problems: Problem[] = [];
  /** Whether readings are their own proof. */
  atRest = false;
  /** What a proof scan says. */
  prove = (snapshot: Snapshot, _signal?: AbortSignal): Proof | Promise<Proof> => {
    const equal = snapshot.digest === this.#held.digest;
    return { verdict: equal ? 'equal' : 'moved', paths: [], count: 0, ms: 1 };
  };
  #held: Snapshot = this.contents.snapshot();
  #unseen: ChangeHint[] = [];
  #clock = 0;

  /** Changes a file; the watcher tells at the next barrier, or at `tell`. */
  write(name: string, content: string): void {
    const others = this.#held.children.filter((child) => child.name !== name);
    this.#held = this.contents.snapshot(...others, this.contents.file(name, content));
    this.#unseen.push({ paths: [name as Path] });
  }

  /** The watcher tells what changed so far. */
  tell(): void {
    for (const hint of this.#unseen.splice(0)) this.#changed.emit(hint);
  }

  get held(): Snapshot {
    return this.#held;
  }

  read(hint: ChangeHint): Promise<Reading> {
    this.reads.push(hint);
    const snapshot = this.#held;
    const { problems, atRest } = this;
    const prove = async (_since: bigint, signal?: AbortSignal) => this.prove(snapshot, signal);
    return Promise.resolve({ snapshot, problems, asOf: ++this.#clock, ms: 1, atRest, prove });
  }

  readChunk(_path: Path, _offset: number, _size: number, expected: Digest): Promise<Uint8Array> {
    const present = this.#held.children.some((child) => child.kind === 'file' && child.digest === expected);
    if (present) return Promise.resolve(this.contents.bytes.get(expected)!);
    return Promise.reject(new PresyncError('CONTEXT_BUSY', 'changed'));
  }

  save(): Promise<void> {
    return Promise.resolve();
  }

  barrier(): Promise<void> {
    this.tell();
    return Promise.resolve();
  }
}
