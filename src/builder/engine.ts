import type { Disposable } from '../base/disposable.ts';
import type { Event } from '../base/emitter.ts';
import { Emitter } from '../base/emitter.ts';
import { PresyncError } from '../base/errors.ts';
import type { Logger } from '../base/logger.ts';
import { delay } from '../base/time.ts';
import type { BuildEvent, BuildResult, BuilderTransfer } from '../context/buildEvent.ts';
import type { BuildRequest } from '../context/buildRequest.ts';
import { abortable } from '../base/abortable.ts';
import type { ContentReader } from './contentReader.ts';
import type { EngineEndpoint } from './endpoint/engineEndpoint.ts';
import { EngineHttp } from './engineHttp.ts';
import type { EngineInfo } from './engineInfo.ts';
import { describeEngine } from './engineInfo.ts';
import { EngineLink } from './engineLink.ts';
import type { Generation, GenerationOrder } from './generation.ts';
import { Generations } from './generations.ts';
import { engineLost } from './grpc/grpcError.ts';
import type { Methods } from './grpc/server.ts';
import { builderLimits } from './limits.ts';
import type { BuildServices } from './session/buildServices.ts';
import { builderSharedKey } from './session/engineSession.ts';
import { fileSync } from './session/fileSync.ts';
import { checkCapabilities } from './solve/capabilities.ts';
import type { ResultStore } from './solve/exporter.ts';
import { hostGateway } from './solve/frontendAttrs.ts';
import type { Leave } from './solve/heldBuild.ts';
import { runHeldBuild } from './solve/heldBuild.ts';

export interface EngineOptions {
  /**
   * Part of the name of everything that is primed: the same id finds what an earlier process primed. No two processes
   * may use one at the same time.
   */
  readonly sessionId: string;
  readonly content: ContentReader;
  readonly logger: Logger;
  readonly signal?: AbortSignal | undefined;
}

/**
 * One Docker engine or buildkitd, with a standing session.
 *
 * A lost connection fails what runs with ENGINE_LOST; the next call connects again under the same session id, and what
 * was primed stays primed. Order is the caller's business: a prime of a copy must not overlap builds from that copy.
 */
export class Engine implements Disposable {
  readonly info: EngineInfo;
  readonly #endpoint: EngineEndpoint;
  readonly #http: EngineHttp;
  readonly #options: EngineOptions;
  readonly #generations: Generations;
  readonly #contexts: Methods;
  readonly #lost = new Emitter<void>();
  readonly #disposed = new AbortController();
  #link: Promise<EngineLink> | undefined;
  #lostAt = -Infinity;

  /** Fires whenever the connection to the engine was lost. The engine stays usable. */
  readonly onDidClose: Event<void> = this.#lost.event;

  private constructor(endpoint: EngineEndpoint, http: EngineHttp, info: EngineInfo, options: EngineOptions) {
    this.info = info;
    this.#endpoint = endpoint;
    this.#http = http;
    this.#options = options;
    this.#generations = new Generations(options.sessionId, options.content);
    this.#contexts = fileSync((metadata) => this.#generations.choose(metadata));
  }

  /**
   * Reaches the engine and opens the session.
   * ENGINE_NOT_FOUND, ENGINE_UNREACHABLE, ENGINE_TOO_OLD, BUILDER_UNSUPPORTED, BAD_ENDPOINT, TIMEOUT, CANCELLED.
   */
  static async connect(endpoint: EngineEndpoint, options: EngineOptions): Promise<Engine> {
    const http = new EngineHttp(endpoint);
    const info = await describeEngine(endpoint, http, options.signal);
    const engine = new Engine(endpoint, http, info, options);
    try {
      await engine.#connected(options.signal);
      return engine;
    } catch (error) {
      engine.dispose();
      throw error;
    }
  }

  /** Part of the name of everything that is primed. */
  get sessionId(): string {
    return this.#options.sessionId;
  }

  /**
   * Resolves when the engine is connected: at once, or where the connection was lost, when there is a new one. As connect,
   * ENGINE_LOST.
   */
  async reach(signal?: AbortSignal): Promise<void> {
    await this.#connected(signal);
  }

  /** From here on until its disposal the session answers for this generation. */
  createGeneration(order: GenerationOrder): Generation {
    return this.#generations.create(order);
  }

  /**
   * Brings BuildKit's copy to a generation and returns what that took. Once begun it runs to its end, since an aborted
   * one would lose the copy: the signal only ends the waiting. ENGINE_LOST, STORE_CORRUPT and whatever reading throws.
   */
  prime(generation: Generation, signal?: AbortSignal): Promise<BuilderTransfer> {
    const primed = this.#prime(generation);
    primed.catch(() => {}); // nobody may be waiting any more
    return abortable(primed, signal);
  }

  /**
   * Builds from a generation and tells events meanwhile; transfers nothing when the generation is primed. The signal
   * ends the build at the engine. With `leave` nothing is named before it is given; `services` answer for what its steps
   * need of the client; `named` are further contexts. BUILD_FAILED, BUILDER_UNSUPPORTED, BAD_TAG, DOCKERFILE_INVALID, ENGINE_LOST, CANCELLED.
   */
  async build(
    generation: Generation,
    request: BuildRequest,
    onEvent: (event: BuildEvent) => void,
    signal: AbortSignal,
    leave?: Leave,
    services?: BuildServices,
    named: ReadonlyMap<string, Generation> = new Map(),
  ): Promise<BuildResult> {
    const link = await this.#connected(signal);
    const { sessionId, content, logger } = this.#options;
    const store = await this.#resultStore(request, signal);
    checkCapabilities(request, this.info, store, named.size > 0);
    const asksForGateway = request.settings?.hosts.some((host) => host.endsWith(hostGateway));
    const gateway = asksForGateway ? await link.hostGateway(signal) : undefined;
    const site = { link, http: this.#http, store, sessionId, gateway, contexts: this.#contexts, content, logger };
    const result = await runHeldBuild(site, { generation, named, request, services, onEvent, signal }, leave);
    return { ...result, imageBytes: await this.#imageBytes(result.imageId) };
  }

  /** The id that `docker images` shows for a name, or undefined. A buildkitd has no images. */
  imageId(name: string, signal?: AbortSignal): Promise<string | undefined> {
    return this.info.kind === 'docker' ? this.#http.imageId(name, signal) : Promise.resolve(undefined);
  }

  /**
   * Gives an image a name and takes it from the one that has it, which goes unless something else holds it. A buildkitd
   * has no images: nothing happens there.
   */
  async moveName(imageId: string, name: string, signal: AbortSignal): Promise<void> {
    if (imageId === '' || (await this.imageId(name, signal)) === imageId || this.info.kind !== 'docker') return;
    await this.#http.untag(name, signal);
    await this.#http.tag(imageId, name, signal);
  }

  /** See pruneCopies. Only of a context of which no generation is in use. */
  async pruneCopies(contextName: string): Promise<number> {
    return (await this.#connected()).pruneCopies(contextName);
  }

  dispose(): void {
    this.#disposed.abort();
    this.#link?.then(
      (link) => link.dispose(),
      () => {},
    );
    this.#lost.dispose();
  }

  /** What the engine can make of results; not asked of it where that makes no difference. */
  async #resultStore({ outputs = [], settings }: BuildRequest, signal: AbortSignal): Promise<ResultStore> {
    if (this.info.kind === 'buildkitd') return 'buildkitd';
    if (settings === undefined && outputs.every(({ type, attributes }) => type === 'image' && attributes.size === 0))
      return 'docker';
    const containerd = await this.#http.hasContainerdStore(signal);
    return containerd ? 'docker-containerd' : 'docker';
  }

  /** For people, so that nothing depends on it: 0 when the engine does not tell, or not at once. */
  async #imageBytes(imageId: string): Promise<number> {
    if (imageId === '' || this.info.kind !== 'docker') return 0;
    const signal = AbortSignal.timeout(builderLimits.imageSizeMs);
    return this.#http.imageBytes(imageId, signal).catch(() => 0);
  }

  async #prime(generation: Generation): Promise<BuilderTransfer> {
    const link = await this.#connected();
    const before = generation.transfer;
    try {
      // Internal, or every save would be a record in the user's build history.
      await link.solve({
        definition: generation.definition,
        session: this.#options.sessionId,
        internal: true,
      });
    } catch (error) {
      throw generation.record.takeFailure() ?? error;
    }
    return generation.record.since(before);
  }

  /** The link that is open, or one that all who wait share. */
  #connected(signal?: AbortSignal): Promise<EngineLink> {
    if (this.#disposed.signal.aborted) return Promise.reject(engineLost());
    this.#link ??= this.#openLink();
    return abortable(this.#link, signal);
  }

  async #openLink(): Promise<EngineLink> {
    try {
      const { sessionId, logger } = this.#options;
      await delay(
        Math.max(0, this.#lostAt + builderLimits.sessionIdReuseMs - performance.now()),
        this.#disposed.signal,
      );
      const target = { endpoint: this.#endpoint, http: this.#http, kind: this.info.kind };
      const session = { id: sessionId, sharedKey: builderSharedKey, methods: this.#contexts, logger };
      const link = await EngineLink.open(target, session, this.#disposed.signal);
      if (link.closed) throw engineLost();
      link.onDidClose(() => this.#linkLost());
      return link;
    } catch (error) {
      this.#link = undefined;
      throw PresyncError.from(error);
    }
  }

  #linkLost(): void {
    this.#link = undefined;
    this.#lostAt = performance.now();
    if (this.#disposed.signal.aborted) return;
    this.#options.logger.warn('The connection to the engine was lost.', { engine: this.info.label });
    this.#lost.emit();
  }
}
