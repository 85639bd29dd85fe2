/**
 * What the user agreed to: which contexts are kept in sync with which builder, and what was answered before a first
 * upload. It lives in the user's storage of this workspace, never in a file of the workspace.
 */
import type { ContextSource, Destination } from '../link/workerApi.ts';
import { keyOf } from './contextSource.ts';

/** The part of vscode.Memento that is used. */
export interface Memory {
  get<T>(key: string): T | undefined;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** What was answered about a context's first upload. */
export interface Answered {
  /** Contexts up to this size were agreed to. */
  readonly bytes: number;
  /** Files that look like secrets and may be sent. */
  readonly secrets: readonly string[];
}

interface Kept {
  readonly source: ContextSource;
  /** Builders and daemons that it may be sent to. */
  readonly destinations: readonly string[];
  readonly answered: Answered;
}

const memoryKey = 'presync.kept';
const pausedKey = 'presync.paused';
const nothingAnswered: Answered = { bytes: 0, secrets: [] };

export class Consent {
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  /** Whether anything at all is kept in sync: the one flag that activation looks at. */
  get any(): boolean {
    return this.#kept.length > 0;
  }

  get paused(): boolean {
    return this.#memory.get<boolean>(pausedKey) === true;
  }

  async setPaused(paused: boolean): Promise<void> {
    await this.#memory.update(pausedKey, paused);
  }

  /** The contexts that may be sent to that destination. */
  given(destination: Destination): ContextSource[] {
    return this.#kept.filter((kept) => kept.destinations.includes(nameOf(destination))).map(({ source }) => source);
  }

  isGiven(source: ContextSource, destination: Destination): boolean {
    return this.#find(source)?.destinations.includes(nameOf(destination)) === true;
  }

  async give(source: ContextSource, destination: Destination): Promise<void> {
    const { destinations = [], answered = nothingAnswered } = this.#find(source) ?? {};
    await this.#replace(source, {
      source,
      destinations: [...new Set([...destinations, nameOf(destination)])],
      answered,
    });
  }

  /** Nothing of the context is sent any more, anywhere; what was answered is remembered. */
  async withdraw(source: ContextSource): Promise<void> {
    const known = this.#find(source);
    if (known !== undefined) await this.#replace(source, { ...known, destinations: [] });
  }

  answered(source: ContextSource): Answered {
    return this.#find(source)?.answered ?? nothingAnswered;
  }

  async answer(source: ContextSource, answered: Answered): Promise<void> {
    const { destinations = [] } = this.#find(source) ?? {};
    await this.#replace(source, { source, destinations, answered });
  }

  get #kept(): readonly Kept[] {
    return this.#all.filter(({ destinations }) => destinations.length > 0);
  }

  get #all(): readonly Kept[] {
    const stored = this.#memory.get(memoryKey);
    return Array.isArray(stored) ? (stored as readonly Kept[]) : [];
  }

  #find(source: ContextSource): Kept | undefined {
    return this.#all.find((kept) => keyOf(kept.source) === keyOf(source));
  }

  async #replace(source: ContextSource, kept: Kept): Promise<void> {
    const others = this.#all.filter((other) => keyOf(other.source) !== keyOf(source));
    await this.#memory.update(memoryKey, [...others, kept]);
  }
}

/** One text for both parts; neither has a line end. */
function nameOf({ builder, daemon }: Destination): string {
  return `${builder}\n${daemon}`;
}
