/** The builder that the user chose for this workspace, kept in the user's storage: no repository can choose one. */
import type { Event } from '../../base/emitter.ts';
import { Emitter } from '../../base/emitter.ts';
import type { Memory } from '../contexts/consent.ts';

export interface Builder {
  /** A BUILDER as on the command line; '' for the default. */
  readonly spec: string;
  /** What the user calls it. */
  readonly name: string;
}

const memoryKey = 'presync.builder';
export const defaultBuilder: Builder = { spec: '', name: 'the default Docker engine' };

export class ChosenBuilder {
  readonly #memory: Memory;
  readonly #changed = new Emitter<Builder>();
  readonly onDidChange: Event<Builder> = this.#changed.event;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  get current(): Builder {
    return this.#memory.get<Builder>(memoryKey) ?? defaultBuilder;
  }

  async choose(builder: Builder): Promise<void> {
    await this.#memory.update(memoryKey, builder.spec === '' ? undefined : builder);
    this.#changed.emit(this.current);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
