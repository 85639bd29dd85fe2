import type { Disposable } from '../base/disposable.ts';
import { PresyncError } from '../base/errors.ts';
import type { BuilderTransfer } from '../context/buildEvent.ts';
import type { Snapshot } from '../context/snapshot.ts';
import type { pb } from './generated/buildkit.js';
import { contextSource } from './llb/localSource.ts';
import { TransferRecord } from './session/transferRecord.ts';

export interface GenerationOrder {
  /** Unique among all generations ever: letters, digits, '-' and '_'. */
  readonly id: string;
  /** The name under which BuildKit keeps its disk copy of the context. */
  readonly sharedKey: string;
  /** For people who look at BuildKit's disk usage; part of the copy's name. */
  readonly contextName: string;
  /** With the mtimes that BuildKit shall be told: see reportedTree. */
  readonly tree: Snapshot;
}

/**
 * One state of a context under a name of its own.
 *
 * BuildKit caches a local source by its session and its patterns, and the id is among the exclude patterns: a second
 * solve of the same generation transfers nothing, and a transfer always says which generation it wants.
 */
export class Generation implements Disposable {
  readonly id: string;
  readonly sharedKey: string;
  readonly tree: Snapshot;
  /** The build graph that is this context. Equal for every solve, or BuildKit would transfer again. */
  readonly definition: pb.Definition.$Properties;
  /** What BuildKit has asked of this generation so far. */
  readonly record: TransferRecord;
  readonly #unregister: () => void;

  constructor(order: GenerationOrder, sessionId: string, unregister: () => void) {
    if (!/^[\w-]{1,128}$/.test(order.id)) throw new PresyncError('INTERNAL', `"${order.id}" cannot be a generation.`);
    this.id = order.id;
    this.sharedKey = order.sharedKey;
    this.tree = order.tree;
    this.record = new TransferRecord();
    this.definition = contextSource({
      name: order.contextName,
      sharedKey: order.sharedKey,
      sessionId,
      generation: order.id,
    });
    this.#unregister = unregister;
  }

  get transfer(): BuilderTransfer {
    return this.record.total;
  }

  /** From here on the engine is refused when it asks for it. */
  dispose(): void {
    this.#unregister();
  }
}
