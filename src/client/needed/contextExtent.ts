/** How much of a context is synchronised: the union of what its builds can use, as far as all processes know. */
import { createHash } from 'node:crypto';
import type { BuildRequest } from '../../context/buildRequest.ts';
import type { Needed } from '../../context/needed/needed.ts';
import { covers, everythingNeeded, neededKey, nothingNeeded, unionOf } from '../../context/needed/needed.ts';
import type { Snapshot } from '../../context/snapshot.ts';
import { readDockerfile } from '../../workspace/contextFiles.ts';
import type { Kept, NeededFile } from './neededFile.ts';

/** What of a build decides on the files that it can use. */
export type Recipe = Pick<BuildRequest, 'dockerfile' | 'target' | 'buildArgs'>;

export interface ExtentOptions {
  readonly file: NeededFile;
  /** The Dockerfile to follow; undefined for none. */
  readonly dockerfile: string | undefined;
}

export class ContextExtent {
  readonly #file: NeededFile;
  readonly #dockerfile: string | undefined;
  #needed: Needed = nothingNeeded;
  /** By the Dockerfile as it was last read. */
  #followed: { readonly content: Uint8Array; readonly needed: Needed } | undefined;
  /** By links that were found on the way. */
  #linked: Needed = nothingNeeded;

  constructor({ file, dockerfile }: ExtentOptions) {
    this.#file = file;
    this.#dockerfile = dockerfile;
  }

  /** As of the last `refresh`. */
  get needed(): Needed {
    return this.#needed;
  }

  /** Takes in what other processes have added, and how the Dockerfile is by now. Whether that is another extent. */
  async refresh(): Promise<boolean> {
    const kept = await this.#file.read();
    const followed = await this.#followDockerfile(kept);
    return this.#become(unionOf(unionOf(kept.needed, followed), this.#linked));
  }

  /** What the links lead to that a reading has found. Whether that is another extent. */
  async followLinks(snapshot: Snapshot): Promise<boolean> {
    if (this.#needed.all) return false;
    const { withLinkTargets } = await import('../../context/needed/links.ts');
    this.#linked = unionOf(this.#linked, withLinkTargets(this.#needed, snapshot));
    return this.#become(unionOf(this.#needed, this.#linked));
  }

  /**
   * Makes sure that the next reading has what a build can use, by whichever process it is made. Resolves to what that
   * will be at least.
   */
  async require(recipe: Recipe): Promise<Needed> {
    const { needed, recipes } = await this.#file.read();
    const key = recipeKey(recipe);
    if (needed.all || recipes.has(key)) return needed;
    return (await this.#file.add(await analyse(recipe), key)).needed;
  }

  /** From now on all of it, for `why`. */
  async widen(why: string): Promise<void> {
    await this.#file.add(everythingNeeded(why));
  }

  #become(needed: Needed): boolean {
    const changed = neededKey(needed) !== neededKey(this.#needed);
    this.#needed = needed;
    return changed;
  }

  /**
   * What the last stage of the Dockerfile needs. That it is all is not kept beyond this process: it may be the state of a
   * moment, while it is being edited.
   */
  async #followDockerfile({ needed: known, recipes }: Kept): Promise<Needed> {
    if (known.all) return known;
    if (this.#dockerfile === undefined) {
      const isNews = recipes.size === 0 && covers(nothingNeeded, known);
      return isNews ? everythingNeeded('no build of it is known') : nothingNeeded;
    }
    const content = await readDockerfile(this.#dockerfile).catch(() => undefined);
    if (content === undefined || content.length === 0) {
      // Between two steps of a save, or of a checkout. Nothing is built by it until it is back, and then it is read: so
      // unlike an ignore file, whose absence means something, it is not waited for.
      return this.#followed?.needed ?? everythingNeeded('the Dockerfile cannot be read');
    }
    if (this.#followed !== undefined && Buffer.compare(content, this.#followed.content) === 0) {
      return this.#followed.needed;
    }
    const recipe: Recipe = { dockerfile: { name: '', content }, target: undefined, buildArgs: new Map() };
    const key = recipeKey(recipe);
    const needed = recipes.has(key) ? nothingNeeded : await analyse(recipe);
    if (!needed.all && !recipes.has(key)) await this.#file.add(needed, key);
    this.#followed = { content, needed };
    return needed;
  }
}

/** Most builds are of recipes that are known: the parser is loaded on demand. */
async function analyse({ dockerfile, target, buildArgs }: Recipe): Promise<Needed> {
  const { neededBy } = await import('../../context/needed/dockerfileInputs.ts');
  return neededBy({ dockerfile: dockerfile.content, target, buildArgs });
}

function recipeKey({ dockerfile, target, buildArgs }: Recipe): string {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([analysisVersion, target ?? null, [...buildArgs].sort()]));
  return hash.update('\0').update(dockerfile.content).digest('hex').slice(0, 32);
}

/** A later analysis may find another answer. */
const analysisVersion = 1;
