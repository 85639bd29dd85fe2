/** What is in contexts, kept in sync or not: for looking at, before anything is sent. */
import type { Environment } from '../../client/environment.ts';
import type { LocalContext } from '../../client/localContext.ts';
import { openLocalContext } from '../../client/openLocalContext.ts';
import type { Snapshot } from '../../context/snapshot.ts';
import type { ContextSource } from '../link/workerApi.ts';
import { workerLimits } from './limits.ts';

export interface ContextReading {
  readonly context: LocalContext;
  readonly snapshot: Snapshot;
}

export interface ReadingsOptions {
  readonly env: Environment;
  /** A context that is kept in sync, with its last reading. */
  kept(source: ContextSource): { readonly context: LocalContext; readonly snapshot: Snapshot | undefined } | undefined;
}

export class Readings {
  readonly #options: ReadingsOptions;
  /** Of contexts that are not kept in sync; the one that was read last comes last. */
  readonly #others = new Map<string, ContextReading>();

  constructor(options: ReadingsOptions) {
    this.#options = options;
  }

  /** As it was last read; read now if it never was. */
  async last(source: ContextSource, signal: AbortSignal): Promise<ContextReading> {
    const kept = this.#options.kept(source);
    if (kept?.snapshot !== undefined) return { context: kept.context, snapshot: kept.snapshot };
    return this.#others.get(keyOf(source)) ?? (await this.read(source, signal));
  }

  /** Reads the folder. CONTEXT_NOT_FOUND, CONTEXT_NOT_DIRECTORY, CONTEXT_UNREADABLE, IGNORE_PATTERN, CANCELLED. */
  async read(source: ContextSource, signal: AbortSignal): Promise<ContextReading> {
    const kept = this.#options.kept(source)?.context;
    const context = kept ?? this.#others.get(keyOf(source))?.context ?? (await this.open(source));
    const { snapshot } = await context.read({ everything: true, why: 'looked at' }, signal);
    const reading = { context, snapshot };
    if (kept === undefined) {
      this.#remember(keyOf(source), reading);
      await context.save();
    }
    return reading;
  }

  open({ folder, dockerfile }: ContextSource): Promise<LocalContext> {
    return openLocalContext(this.#options.env, folder, dockerfile);
  }

  #remember(key: string, reading: ContextReading): void {
    this.#others.delete(key);
    this.#others.set(key, reading);
    const [oldest] = this.#others.keys();
    if (this.#others.size > workerLimits.readings) this.#others.delete(oldest!);
  }
}

function keyOf({ folder, dockerfile }: ContextSource): string {
  return JSON.stringify([folder, dockerfile]);
}
