import type { Memory } from '../../src/extension/contexts/consent.ts';

/** A Memento that keeps what JSON keeps, as VS Code's does. */
export class MapMemory implements Memory {
  readonly #texts = new Map<string, string>();

  get<T>(key: string): T | undefined {
    const text = this.#texts.get(key);
    return text === undefined ? undefined : (JSON.parse(text) as T);
  }

  update(key: string, value: unknown): Promise<void> {
    if (value === undefined) this.#texts.delete(key);
    else this.#texts.set(key, JSON.stringify(value));
    return Promise.resolve();
  }

  /** All that is written down, as text. */
  get written(): string {
    return [...this.#texts.values()].join('\n');
  }
}
