/** The daemon's half of a push; the conversation is told in sender.ts. Nothing that arrives is taken on trust. */
import { toDisplay } from '../base/bytes.ts';
import { cancelled, PresyncError } from '../base/errors.ts';
import { ChangeSet } from '../context/apply.ts';
import type { Chunk } from '../context/chunkList.ts';
import { ChunkList } from '../context/chunkList.ts';
import type { Digest } from '../context/digest.ts';
import type { Path } from '../context/path.ts';
import type { Snapshot } from '../context/snapshot.ts';
import { emptySnapshot } from '../context/snapshot.ts';
import { limits, timeouts } from '../protocol/limits.ts';
import type { Changes, FileHead, PackedChunk, Push, WireChange } from '../protocol/message.ts';
import type { Exchange } from './exchange.ts';
import { unexpected } from './exchange.ts';
import { unpackChunk } from './packing.ts';

/** What a push is received into. */
export interface PushSink {
  /** The snapshot of that digest, if it is the head or one that is still known: BASE_UNKNOWN otherwise. */
  base(digest: Digest): Promise<Snapshot>;
  has(chunk: Digest): boolean;
  /** Checks the digest: PROTOCOL when the content has another one. */
  put(chunk: Digest, content: Uint8Array): Promise<void>;
  read(chunk: Digest): Promise<Uint8Array>;
  /** The snapshot is described whole and its content is on its way. Nothing is promised yet. */
  announced(snapshot: Snapshot): void;
  /** Makes the snapshot the context's head, durably. SUPERSEDED when a newer one is there. */
  commit(snapshot: Snapshot, asOf: number): Promise<void>;
}

/** Receives a push to its end and acknowledges it. What went wrong is thrown; telling the client is the caller's. */
export async function receivePush(exchange: Exchange, push: Push, sink: PushSink, signal?: AbortSignal): Promise<void> {
  const base = push.base === undefined ? emptySnapshot : await sink.base(push.base);
  const receiver = new Receiver(exchange, sink);
  let snapshot: Snapshot | undefined;
  while (snapshot === undefined || !receiver.complete) {
    const message = await exchange.receive({ signal, timeout: timeouts.pushIdle });
    if (message.type === 'changes') await receiver.changes(message);
    else if (message.type === 'chunks') await receiver.chunks(message.chunks);
    else if (message.type === 'cancel') throw cancelled();
    else throw unexpected(message);
    if (snapshot !== undefined || !receiver.described) continue;
    snapshot = receiver.applyTo(base);
    if (snapshot.digest !== push.target) {
      throw new PresyncError('PROTOCOL', 'The changes do not lead to the snapshot that was announced.');
    }
    if (!receiver.complete) sink.announced(snapshot);
  }
  await sink.commit(snapshot, push.asOf);
  await exchange.send({ type: 'committed', snapshot: snapshot.digest });
}

/** A large file whose chunk list has not arrived yet. */
interface Waiting {
  readonly path: Path;
  readonly file: FileHead;
}

class Receiver {
  readonly #exchange: Exchange;
  readonly #sink: PushSink;
  readonly #changeSet = new ChangeSet();
  /** Asked for and not arrived. */
  readonly #requested = new Set<Digest>();
  readonly #waiting = new Map<Digest, Waiting[]>();
  #last = false;

  constructor(exchange: Exchange, sink: PushSink) {
    this.#exchange = exchange;
    this.#sink = sink;
  }

  /** All changes and chunk lists are here: the snapshot is known. */
  get described(): boolean {
    return this.#last && this.#waiting.size === 0;
  }

  /** All content is here too. */
  get complete(): boolean {
    return this.described && this.#requested.size === 0;
  }

  async changes(message: Changes): Promise<void> {
    if (this.#last) throw unexpected(message);
    const announced = new Set<Digest>();
    const lists: Digest[] = [];
    for (const change of message.changes) this.#add(change, announced, lists);
    for (const chunk of message.inline) {
      if (!announced.has(chunk.digest))
        throw new PresyncError('PROTOCOL', 'Content arrived that belongs to no change.');
      await this.#sink.put(chunk.digest, unpackChunk(chunk));
    }
    this.#last = message.last;
    await this.#need(announced);
    for (const list of lists) if (this.#sink.has(list)) await this.#resolveList(list);
  }

  async chunks(chunks: readonly PackedChunk[]): Promise<void> {
    for (const chunk of chunks) {
      if (!this.#requested.has(chunk.digest))
        throw new PresyncError('PROTOCOL', 'A chunk arrived that was not asked for.');
      await this.#sink.put(chunk.digest, unpackChunk(chunk));
      this.#requested.delete(chunk.digest);
      if (this.#waiting.has(chunk.digest)) await this.#resolveList(chunk.digest);
    }
  }

  applyTo(base: Snapshot): Snapshot {
    return this.#changeSet.applyTo(base);
  }

  #add(change: WireChange, announced: Set<Digest>, lists: Digest[]): void {
    if (this.#changeSet.size >= limits.changesPerPush) throw new PresyncError('LIMIT', 'A push has too many changes.');
    if (change.op === 'remove') return this.#changeSet.add(change);
    const { path, entry } = change;
    if (entry.kind !== 'file') return this.#changeSet.add({ op: 'put', path, entry });
    const { chunkList, ...file } = entry;
    if (chunkList === undefined) {
      if (file.size > limits.chunkBytes) throw new PresyncError('LIMIT', `${toDisplay(path)} needs a chunk list.`);
      this.#changeSet.add({ op: 'put', path, entry: { ...file, chunks: undefined } });
      if (file.size > 0) announced.add(file.digest);
      return;
    }
    announced.add(chunkList);
    lists.push(chunkList);
    const waiting = this.#waiting.get(chunkList) ?? [];
    waiting.push({ path, file: entry });
    this.#waiting.set(chunkList, waiting);
  }

  /** A chunk list is here: the files that it describes are complete, and their chunks can be asked for. */
  async #resolveList(list: Digest): Promise<void> {
    const files = this.#waiting.get(list);
    if (files === undefined) return;
    this.#waiting.delete(list);
    const chunks = parseChunkList(await this.#sink.read(list));
    let size = 0;
    const pieces = new Set<Digest>();
    for (const chunk of chunks) {
      checkPiece(chunk);
      size += chunk.size;
      pieces.add(chunk.digest);
    }
    for (const { path, file } of files) {
      if (size !== file.size) throw new PresyncError('PROTOCOL', `The chunks of ${toDisplay(path)} have another size.`);
      const { chunkList: _, ...entry } = file;
      this.#changeSet.add({ op: 'put', path, entry: { ...entry, chunks } });
    }
    await this.#need(pieces);
  }

  /** Asks for what is neither here nor asked for already. */
  async #need(digests: Iterable<Digest>): Promise<void> {
    let batch: Digest[] = [];
    for (const digest of digests) {
      if (this.#requested.has(digest) || this.#sink.has(digest)) continue;
      this.#requested.add(digest);
      batch.push(digest);
      if (batch.length < limits.digestsPerNeed) continue;
      await this.#exchange.send({ type: 'need', digests: batch });
      batch = [];
    }
    if (batch.length > 0) await this.#exchange.send({ type: 'need', digests: batch });
  }
}

function parseChunkList(packed: Uint8Array): ChunkList {
  try {
    return new ChunkList(packed);
  } catch (thrown) {
    throw new PresyncError('PROTOCOL', 'A chunk list is not valid.', { cause: thrown });
  }
}

function checkPiece(chunk: Chunk): void {
  const valid = chunk.size > 0 && chunk.size <= limits.chunkBytes;
  if (!valid) throw new PresyncError('PROTOCOL', `A chunk of ${chunk.size} bytes.`);
}
