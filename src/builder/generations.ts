import type { ContentReader } from './contentReader.ts';
import type { GenerationOrder } from './generation.ts';
import { Generation } from './generation.ts';
import type { Metadata } from './grpc/metadata.ts';
import { generationPrefix } from './llb/localSource.ts';
import type { OfferedTree } from './session/fileSync.ts';

/** The generations that a session answers for. Whatever else the engine asks for is refused, so no answer is stale. */
export class Generations {
  readonly #sessionId: string;
  readonly #content: ContentReader;
  readonly #byId = new Map<string, Generation>();

  constructor(sessionId: string, content: ContentReader) {
    this.#sessionId = sessionId;
    this.#content = content;
  }

  create(order: GenerationOrder): Generation {
    const generation = new Generation(order, this.#sessionId, () => {
      if (this.#byId.get(order.id) === generation) this.#byId.delete(order.id);
    });
    this.#byId.set(order.id, generation);
    return generation;
  }

  /** The generation that a DiffCopy names in its exclude patterns. */
  choose(metadata: Metadata): OfferedTree | undefined {
    const [pattern, ...others] = metadata.get('exclude-patterns') ?? [];
    if (pattern === undefined || others.length > 0 || !pattern.startsWith(generationPrefix)) return undefined;
    const generation = this.#byId.get(pattern.slice(generationPrefix.length));
    return generation && { tree: generation.tree, content: this.#content, record: generation.record };
  }
}
