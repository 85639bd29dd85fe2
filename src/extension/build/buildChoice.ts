/** What to build: chosen by a command, a lens or a task. */
import { basename, dirname } from 'node:path';
import type { Memory } from '../contexts/consent.ts';
import { keyOf } from '../contexts/contextSource.ts';
import type { ContextSource } from '../link/workerApi.ts';

export interface BuildChoice {
  readonly source: ContextSource;
  readonly tags: readonly string[];
  /** '' for the last stage. */
  readonly target: string;
  /** `NAME=value`. */
  readonly buildArgs: readonly string[];
  readonly noCache: boolean;
  /** Where the result goes instead of the builder's images, as `--output` has it. */
  readonly output?: string | undefined;
}

/** The choice of somebody who was not asked. */
export function usualChoice(source: ContextSource): BuildChoice {
  return { source, tags: [usualTag(source)], target: '', buildArgs: [], noCache: false };
}

/** Folders that say nothing of what is built: the one around them does. */
const unspecific = new Set(['docker', '.docker', 'build', '.devcontainer']);

/**
 * `<folder>:latest`, in the letters that a tag may have; `<folder>-web:latest` for Dockerfile.web and web.Dockerfile,
 * and `<project>-docker:latest` for a Dockerfile in `<project>/docker`.
 */
export function usualTag({ folder, dockerfile }: ContextSource): string {
  const own = basename(folder);
  const around = unspecific.has(own) ? basename(dirname(folder)) : '';
  const kind = basename(dockerfile).replace(/^(Dockerfile|Containerfile)\.?|\.dockerfile$/i, '');
  return `${inTagLetters(around, own, kind) || 'app'}:latest`;
}

function inTagLetters(...parts: readonly string[]): string {
  return parts
    .filter((part) => part !== '')
    .join('-')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 100)
    .replace(/^-+|-+$/g, '');
}

const choicesKey = 'presync.choices';
const lastKey = 'presync.lastBuild';

/** How many Dockerfiles' choices are remembered. */
const remembered = 50;

/** Remembers choices per Dockerfile, and the last one, across windows. Values of build arguments only on request. */
export class ChoiceMemory {
  readonly #memory: Memory;
  /** Of this window, with the values of its build arguments. */
  #last: BuildChoice | undefined;

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  /** The last build of this workspace. */
  get last(): BuildChoice | undefined {
    return this.#last ?? this.#memory.get<BuildChoice>(lastKey);
  }

  choiceFor(source: ContextSource): BuildChoice {
    return this.#choices.find((choice) => keyOf(choice.source) === keyOf(source)) ?? usualChoice(source);
  }

  /** `keepArgs`: the user wants the values of build arguments to be written down. */
  async remember(choice: BuildChoice, keepArgs: boolean): Promise<void> {
    const written = keepArgs ? choice : { ...choice, buildArgs: [] };
    const others = this.#choices.filter((other) => keyOf(other.source) !== keyOf(choice.source));
    await this.#memory.update(choicesKey, [written, ...others].slice(0, remembered));
  }

  async built(choice: BuildChoice): Promise<void> {
    this.#last = choice;
    const known = this.#choices.find((other) => keyOf(other.source) === keyOf(choice.source));
    await this.#memory.update(lastKey, { ...choice, buildArgs: known?.buildArgs ?? [] });
  }

  get #choices(): readonly BuildChoice[] {
    const stored = this.#memory.get(choicesKey);
    return Array.isArray(stored) ? (stored as readonly BuildChoice[]) : [];
  }
}
