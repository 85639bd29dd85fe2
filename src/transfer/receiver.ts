/**
 * The daemon's half of a push; the conversation is told in sender.ts. Nothing that arrives is taken on trust, and nothing that
 * has arrived is wasted: what a lost link had brought is taken in before the push gives up.
 */
import { toDisplay } from '../base/bytes.ts';
import { cancelled, PresyncError } from '../base/errors.ts';
import { ChangeSet } from '../context/apply.ts';
import type { Chunk } from '../context/chunkList.ts';
import type { Digest } from '../context/digest.ts';
import type { DirectoryEntry } from '../context/entry.ts';
import { chunksOf } from '../context/entry.ts';
import { graft } from '../context/graft.ts';
import type { Path } from '../context/path.ts';
import type { Snapshot } from '../context/snapshot.ts';
import { emptySnapshot, walk } from '../context/snapshot.ts';
import { limits, timeouts } from '../protocol/limits.ts';
import type { Changes, Push, SentChunk, WireChange } from '../protocol/message.ts';
import { compareWith } from './comparison.ts';
import type { Exchange } from './exchange.ts';
import { unexpected } from './exchange.ts';
import type { ResolvedFile } from './incomingLists.ts';
import { IncomingLists } from './incomingLists.ts';
import { Needs } from './needs.ts';

/** What a push is received into. */
export interface PushSink {
  /** The snapshot of that digest, if it is the head or one that is still known: BASE_UNKNOWN otherwise. */
  base(digest: Digest): Promise<Base>;
  /** What a client compares with that has no base. */
  held(): Base;
  has(chunk: Digest): boolean;
  /** Checks the digest: PROTOCOL when the content has another one. */
  put(chunk: Digest, content: Uint8Array): Promise<void>;
  read(chunk: Digest): Promise<Uint8Array>;
  /** The snapshot is described whole and its content is on its way. Nothing is promised yet. */
  announced(snapshot: Snapshot): void;
  /** What is known of the target so far, for the next push: this one may not come to its end. */
  unfinished(snapshot: Snapshot): void;
  /** Makes the snapshot the context's head, durably. SUPERSEDED when a newer one is there. */
  commit(snapshot: Snapshot, asOf: number): Promise<void>;
}

export interface Base {
  readonly snapshot: Snapshot;
  /** All of its content is here. */
  readonly complete: boolean;
}

/** Receives a push to its end and acknowledges it. What went wrong is thrown; telling the client is the caller's. */
export async function receivePush(exchange: Exchange, push: Push, sink: PushSink, signal?: AbortSignal): Promise<void> {
  const receiver = new Receiver(exchange, sink, await startOf(push, sink));
  try {
    while (receiver.snapshot === undefined || !receiver.complete) {
      const message = await exchange.receive({ signal, timeout: timeouts.pushIdle });
      if (message.type === 'changes') await receiver.changes(message);
      else if (message.type === 'chunks') await receiver.chunks(message.chunks);
      else if (message.type === 'compare' && push.compare) await exchange.send(receiver.compare(message));
      else if (message.type === 'cancel') throw cancelled();
      else throw unexpected(message);
      if (receiver.snapshot === undefined && receiver.described) await receiver.conclude(push.target);
    }
  } catch (thrown) {
    receiver.breakOff();
    throw thrown;
  }
  await sink.commit(receiver.snapshot, push.asOf);
  await exchange.send({ type: 'committed', snapshot: receiver.snapshot.digest });
}

/** What a push starts from. */
interface Start {
  /** What its changes are changes of. */
  readonly base: Snapshot;
  /** Where what it refers to is found. */
  readonly source: Snapshot;
  /** All content of both is here. */
  readonly complete: boolean;
}

async function startOf(push: Push, sink: PushSink): Promise<Start> {
  if (push.base !== undefined) {
    const { snapshot, complete } = await sink.base(push.base);
    return { base: snapshot, source: snapshot, complete };
  }
  if (!push.compare) return { base: emptySnapshot, source: emptySnapshot, complete: true };
  const held = sink.held();
  return { base: emptySnapshot, source: held.snapshot, complete: held.complete };
}

class Receiver {
  readonly #sink: PushSink;
  readonly #start: Start;
  readonly #changeSet = new ChangeSet();
  readonly #needs: Needs;
  readonly #lists: IncomingLists;
  /** Pieces of lists that turned out to be here already. */
  readonly #held: Digest[] = [];
  #lastPath: Path | undefined;
  #last = false;
  #snapshot: Snapshot | undefined;

  constructor(exchange: Exchange, sink: PushSink, start: Start) {
    this.#sink = sink;
    this.#start = start;
    const send = (digests: readonly Digest[]) => exchange.sendUnlessLost({ type: 'need', digests });
    this.#needs = new Needs({ has: (chunk) => this.#isHere(chunk), send });
    this.#lists = new IncomingLists(start.source, (piece) => sink.read(piece));
  }

  /** All changes and chunk lists are here: the snapshot is known. */
  get described(): boolean {
    return this.#last && this.#lists.waiting === 0;
  }

  /** The target, once it was described and found to be what was announced. */
  get snapshot(): Snapshot | undefined {
    return this.#snapshot;
  }

  /** All content is here too. */
  get complete(): boolean {
    return this.#needs.settled;
  }

  compare(message: Parameters<typeof compareWith>[1]) {
    if (this.#changeSet.size > 0) throw unexpected(message);
    return compareWith(this.#start.source, message);
  }

  async changes(message: Changes): Promise<void> {
    if (this.#last) throw unexpected(message);
    const fresh: Iterable<Chunk>[] = [];
    for (const change of message.changes) fresh.push(this.#add(change));
    await this.#putInline(message.inline, fresh);
    for (const chunks of fresh) this.#needs.add(chunks);
    this.#last = message.last;
    await this.#ask();
  }

  async chunks(chunks: readonly SentChunk[]): Promise<void> {
    for (const { digest, data } of chunks) {
      this.#needs.check(digest);
      await this.#sink.put(digest, data);
      this.#needs.arrived(digest);
      for (const file of await this.#lists.arrived(digest)) this.#needs.add(this.#put(file));
    }
    await this.#ask();
  }

  /** Asks for what is missing. A list whose pieces are here already may lead to more of it. */
  async #ask(): Promise<void> {
    do await this.#needs.ask();
    while (await this.#takeHeld());
  }

  async #takeHeld(): Promise<boolean> {
    const held = this.#held.splice(0);
    for (const piece of held) for (const file of await this.#lists.arrived(piece)) this.#needs.add(this.#put(file));
    return held.length > 0;
  }

  #isHere(chunk: Digest): boolean {
    const here = this.#sink.has(chunk);
    if (here && this.#lists.awaits(chunk)) this.#held.push(chunk);
    return here;
  }

  /** The snapshot is described. PROTOCOL when it is another one than was announced. */
  async conclude(target: Digest): Promise<void> {
    const snapshot = this.#applied();
    if (snapshot.digest !== target) {
      throw new PresyncError('PROTOCOL', 'The changes do not lead to the snapshot that was announced.');
    }
    this.#snapshot = snapshot;
    // What it takes over may lack content as well.
    if (!this.#start.complete) this.#needs.add(contentOf(snapshot));
    await this.#ask();
    if (this.complete) return;
    this.#sink.unfinished(snapshot);
    this.#sink.announced(snapshot);
  }

  /** Keeps what was described so far, with what there was before in place of the rest. */
  breakOff(): void {
    if (this.#snapshot !== undefined || this.#lastPath === undefined) return;
    try {
      const { base, source } = this.#start;
      const sofar = this.#applied();
      this.#sink.unfinished(base === source ? sofar : graft(sofar, source, this.#lastPath));
    } catch {
      // What is no valid change list is no help.
    }
  }

  #applied(): DirectoryEntry {
    const { base, source } = this.#start;
    const snapshot = this.#changeSet.applyTo(base, source);
    // Directories that are taken over again and again grow faster than the messages that say so.
    if (snapshot.entries <= limits.entriesPerSnapshot) return snapshot;
    throw new PresyncError('LIMIT', 'A context has too many entries.');
  }

  /** The chunks that come with a change, as far as they are known. */
  #add(change: WireChange): Iterable<Chunk> {
    if (this.#changeSet.size + this.#lists.waiting >= limits.entriesPerSnapshot) {
      throw new PresyncError('LIMIT', 'A push has too many changes.');
    }
    this.#lastPath = change.path;
    if (change.op === 'remove') {
      this.#changeSet.add(change);
      return [];
    }
    const { path, entry: file } = change;
    if (file.kind !== 'file') {
      this.#changeSet.add({ op: 'put', path, entry: file, from: change.from });
      return [];
    }
    if (file.chunks === undefined) {
      if (file.size > limits.chunkBytes) throw new PresyncError('LIMIT', `${toDisplay(path)} needs a chunk list.`);
      const entry = { ...file, chunks: undefined };
      this.#changeSet.add({ op: 'put', path, entry });
      return chunksOf(entry);
    }
    const resolved = this.#lists.add(path, file, file.chunks);
    if (resolved !== undefined) return this.#put(resolved);
    const pieces = file.chunks.text as readonly Digest[];
    return pieces.map((digest) => ({ digest, size: limits.listPieceBytes }));
  }

  #put({ path, entry, fresh }: ResolvedFile): Iterable<Chunk> {
    this.#changeSet.add({ op: 'put', path, entry });
    return fresh;
  }

  async #putInline(inline: readonly SentChunk[], fresh: readonly Iterable<Chunk>[]): Promise<void> {
    if (inline.length === 0) return;
    const announced = new Set<Digest>();
    for (const chunks of fresh) for (const { digest } of chunks) announced.add(digest);
    for (const { digest, data } of inline) {
      if (!announced.has(digest)) throw new PresyncError('PROTOCOL', 'Content arrived that belongs to no change.');
      await this.#sink.put(digest, data);
    }
  }
}

function* contentOf(snapshot: Snapshot): Generator<Chunk> {
  for (const [, entry] of walk(snapshot)) if (entry.kind === 'file') yield* chunksOf(entry);
}
