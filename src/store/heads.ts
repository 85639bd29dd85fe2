import { stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '../base/logger.ts';
import type { Digest } from '../context/digest.ts';
import type { ContextKey } from './contextKey.ts';
import { isContextKey } from './contextKey.ts';
import { storeStep } from './crashSteps.ts';
import { readWhole, removeFile, replaceFile, syncFolder } from './files.ts';
import { namesIn } from './folder.ts';
import type { HeadRecord } from './headFile.ts';
import { decodeHead, encodeHead } from './headFile.ts';
import { damagedHead, ioError } from './storeErrors.ts';

const steps = { written: 'head-temp', synced: 'head-fsync', renamed: 'head-rename' } as const;

/** The heads of all contexts, in memory and on disk. Calls for one context must not overlap. */
export class Heads {
  readonly #folder: string;
  readonly #heads = new Map<ContextKey, HeadRecord>();
  /** When each was used last, in milliseconds since 1970: the mtime of its file. */
  readonly #used = new Map<ContextKey, number>();
  readonly #damaged = new Set<ContextKey>();
  /**
   * Heads that are in their file although their commit failed, because the folder could not be synced: after a crash
   * the context may stand at one of these, so what they need is kept.
   */
  readonly #doubtful = new Map<ContextKey, HeadRecord[]>();

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Reads all heads. One that is damaged is remembered as such and fails nothing but its own context. */
  static async open(folder: string, logger: Logger): Promise<Heads> {
    const heads = new Heads(folder);
    try {
      for (const name of await namesIn(folder)) {
        if (isContextKey(name)) await heads.#load(name, logger);
        else if (name.endsWith('.tmp')) await removeFile(join(folder, name));
      }
      return heads;
    } catch (error) {
      throw ioError('Reading the heads of the store failed', error);
    }
  }

  /** STORE_CORRUPT when the file of the context is damaged, until the context is set or removed. */
  get(context: ContextKey): HeadRecord | undefined {
    if (this.#damaged.has(context)) throw damagedHead();
    return this.#heads.get(context);
  }

  usedAt(context: ContextKey): number {
    return this.#used.get(context) ?? 0;
  }

  /** The context is in use now. As well as it can be told the next process: nothing depends on it but what goes first. */
  async touch(context: ContextKey): Promise<void> {
    if (!this.#heads.has(context)) return;
    const now = new Date();
    this.#used.set(context, now.getTime());
    await utimes(join(this.#folder, context), now, now).catch(() => {});
  }

  all(): [ContextKey, HeadRecord][] {
    return [...this.#heads];
  }

  damaged(): ContextKey[] {
    return [...this.#damaged];
  }

  /** The root records of every snapshot at which a context stands, or may stand after a crash. */
  roots(): Digest[] {
    const doubtful = [...this.#doubtful.values()].flat();
    return [...this.#heads.values(), ...doubtful].map((head) => head.root);
  }

  /** Durable when it resolves; when it rejects, the context stands at the old head. */
  async set(context: ContextKey, head: HeadRecord): Promise<void> {
    const path = join(this.#folder, context);
    try {
      await replaceFile(path, encodeHead(head), steps);
    } catch (error) {
      throw ioError('Writing the head of a context failed', error);
    }
    try {
      await syncFolder(this.#folder);
      storeStep('head-dir-fsync');
    } catch (error) {
      this.#doubtful.set(context, [...(this.#doubtful.get(context) ?? []), head]);
      throw ioError('Syncing the heads of the store failed', error);
    }
    this.#heads.set(context, head);
    this.#used.set(context, Date.now());
    this.#damaged.delete(context);
    this.#doubtful.delete(context);
  }

  async remove(context: ContextKey): Promise<void> {
    try {
      await removeFile(join(this.#folder, context));
      await syncFolder(this.#folder);
    } catch (error) {
      throw ioError('Removing a context from the store failed', error);
    }
    this.#heads.delete(context);
    this.#used.delete(context);
    this.#damaged.delete(context);
    this.#doubtful.delete(context);
  }

  async #load(context: ContextKey, logger: Logger): Promise<void> {
    try {
      const path = join(this.#folder, context);
      const bytes = await readWhole(path);
      if (bytes === undefined) return;
      this.#heads.set(context, decodeHead(bytes));
      this.#used.set(context, (await stat(path)).mtimeMs);
    } catch (error) {
      const failure = ioError('Reading a head failed', error);
      if (failure.code !== 'STORE_CORRUPT') throw failure;
      this.#damaged.add(context);
      logger.warn('The head of a context is damaged; it must be synced anew.', { context });
    }
  }
}
