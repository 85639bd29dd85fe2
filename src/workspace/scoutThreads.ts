import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Disposable } from '../base/disposable.ts';
import type { ByteString } from '../base/bytes.ts';
import { rootPath } from '../context/path.ts';
import type { FolderNode } from './folderNode.ts';
import type { Scouting } from './folderWalk.ts';
import { workspaceLimits } from './limits.ts';
import type { ScoutOrder } from './scout.ts';
import { foldersIn } from './scout.ts';
import { ScoutBoard } from './scoutBoard.ts';
import type { Scouts } from './scanner.ts';
import type { PackedTree } from './treeBytes.ts';
import { packTree } from './treeBytes.ts';

/**
 * Threads that run ahead of the walk over a large tree, from its other end.
 *
 * Most of a walk is one system call for each file that did not change, and a thread makes them one after the other.
 * Scouts make them for whole folders and leave word of those that they found as they were. The walk asks when it comes to
 * a folder. It waits for nobody and depends on nobody: a scout that is late, or lost, is one folder more to look at.
 */
export class ScoutThreads implements Scouts {
  readonly #script: string;
  readonly #threads: number;
  readonly #fewest: number;

  /**
   * @param script the bundled scout.js
   * @param spared processors that have other work: that of the walk, and what it runs beside
   * @param fewest the entries from which on scouts pay
   */
  constructor(script: string, spared: number, fewest: number = workspaceLimits.scoutedEntries) {
    this.#script = script;
    this.#threads = Math.min(availableParallelism() - spared, workspaceLimits.scouts);
    this.#fewest = fewest;
  }

  sendOut(root: ByteString, known: FolderNode, packed?: PackedTree): ThreadScouting | undefined {
    if (this.#threads < 1 || known.entries < this.#fewest) return undefined;
    return new ThreadScouting(this.#script, this.#threads, root, known, packed ?? packTree(known));
  }
}

class ThreadScouting implements Scouting, Disposable {
  readonly #numbers = new Map<FolderNode, number>();
  readonly #board: ScoutBoard;
  readonly #threads: readonly Worker[];

  constructor(script: string, threads: number, root: ByteString, known: FolderNode, tree: PackedTree) {
    for (const [, node] of foldersIn(known, rootPath)) this.#numbers.set(node, this.#numbers.size);
    this.#board = ScoutBoard.for(this.#numbers.size);
    const order: ScoutOrder = { root, tree, board: this.#board.memory };
    this.#threads = Array.from({ length: threads }, () => thread(script, order));
  }

  foundAsKnown(node: FolderNode): boolean {
    const number = this.#numbers.get(node);
    return number !== undefined && this.#board.arrive(number);
  }

  dispose(): void {
    for (const thread of this.#threads) void thread.terminate();
  }
}

function thread(script: string, order: ScoutOrder): Worker {
  const worker = new Worker(script, { workerData: order });
  worker.unref();
  // Without a listener it would end the process; without the thread the walk is only slower.
  worker.on('error', () => {});
  return worker;
}
