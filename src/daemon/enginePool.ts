import type { Disposable } from '../base/disposable.ts';
import { cancelled } from '../base/errors.ts';
import { withTimeout } from '../base/time.ts';
import { abortable } from '../base/abortable.ts';
import type { EngineEndpoint } from '../builder/endpoint/engineEndpoint.ts';
import type { Engine } from '../builder/engine.ts';
import type { EngineSelector } from '../context/engineSelector.ts';
import { daemonLimits } from './limits.ts';

export interface EngineSource {
  resolve(selector: EngineSelector): Promise<EngineEndpoint>;
  /** An engine that connects again by itself when its connection was lost. The signal ends the attempt. */
  connect(endpoint: EngineEndpoint, signal: AbortSignal): Promise<Engine>;
}

/**
 * One standing connection for each engine that is used, whoever uses it. Of those that nobody uses any more the latest
 * stay; a daemon may live for months and be asked for many.
 */
export class EnginePool implements Disposable {
  readonly #source: EngineSource;
  /** By their endpoints, which may hold keys: not for a log. Those first that were asked for longest ago. */
  readonly #connections = new Map<string, Connection>();
  #disposed = false;

  /** Whether something is done with the engine, or will be when a file is saved. */
  isUsed: (engine: Engine) => boolean = () => false;
  /** Called when an engine that is not used ends: whoever asks for it is given another one. */
  onLetGo: (engine: Engine) => void = () => {};

  constructor(source: EngineSource) {
    this.#source = source;
  }

  /**
   * The engine that the client means, connected. A failure is not remembered: the next call tries again. Who goes on
   * using it makes `isUsed` say so before the turn ends. As Engine.connect, and CANCELLED when the pool ends.
   */
  async get(selector: EngineSelector): Promise<Engine> {
    return (await this.#find(selector)).wait();
  }

  /** Begins to connect to an engine that will be asked for. Why it cannot be reached is told to whoever asks. */
  expect(selector: EngineSelector): void {
    this.#find(selector).catch(() => {});
  }

  /** The engine of that label, if it is in use. */
  find(label: string): Engine | undefined {
    return this.#engines.find(({ info }) => info.label === label);
  }

  /** The engines in use, for a status document. */
  describe(): { label: string; kind: string; version: string }[] {
    return this.#engines.map(({ info: { label, kind, version } }) => ({ label, kind, version }));
  }

  /** Ends the engines, and the attempts to reach one. */
  dispose(): void {
    this.#disposed = true;
    for (const connection of this.#connections.values()) connection.dispose();
    this.#connections.clear();
  }

  get #engines(): Engine[] {
    return [...this.#connections.values()].flatMap(({ engine }) => engine ?? []);
  }

  async #find(selector: EngineSelector): Promise<Connection> {
    const endpoint = await this.#source.resolve(selector);
    if (this.#disposed) throw cancelled();
    const key = JSON.stringify(endpoint);
    const connection = this.#connections.get(key) ?? this.#connect(endpoint, key);
    this.#connections.delete(key);
    this.#connections.set(key, connection);
    return connection;
  }

  #connect(endpoint: EngineEndpoint, key: string): Connection {
    const connection = new Connection((signal) => this.#source.connect(endpoint, signal), endpoint.label);
    // In a turn of its own: who is given an engine just now uses it by then.
    const letGoSoon = () => void setImmediate(() => this.#letGo());
    letGoSoon();
    connection.reached.then(letGoSoon, () => {
      if (this.#connections.get(key) === connection) this.#connections.delete(key);
    });
    return connection;
  }

  #letGo(): void {
    const unused = [...this.#connections].filter(([, { engine, isAwaited }]) => {
      return !isAwaited && !(engine !== undefined && this.isUsed(engine));
    });
    for (const [key, connection] of unused.slice(0, -daemonLimits.unusedEngines)) {
      this.#connections.delete(key);
      if (connection.engine !== undefined) this.onLetGo(connection.engine);
      connection.dispose();
    }
  }
}

/** One engine, from the attempt to reach it on. */
class Connection implements Disposable {
  readonly reached: Promise<Engine>;
  /** Once it is reached. */
  engine: Engine | undefined;
  readonly #ended = new AbortController();
  #waiting = 0;

  constructor(connect: (signal: AbortSignal) => Promise<Engine>, label: string) {
    this.reached = this.#reach(connect(this.#ended.signal), label);
  }

  /** Somebody waits for it to be reached. */
  get isAwaited(): boolean {
    return this.#waiting > 0;
  }

  async wait(): Promise<Engine> {
    this.#waiting++;
    try {
      const engine = await this.reached;
      await withTimeout(engine.reach(), daemonLimits.engineConnect, `Connecting to ${engine.info.label}`);
      return engine;
    } finally {
      this.#waiting--;
    }
  }

  /** Ends the engine, or the attempt to reach it. */
  dispose(): void {
    this.#ended.abort(cancelled());
    this.engine?.dispose();
  }

  async #reach(connecting: Promise<Engine>, label: string): Promise<Engine> {
    const { signal } = this.#ended;
    try {
      const patient = withTimeout(connecting, daemonLimits.engineConnect, `Connecting to ${label}`);
      const engine = await abortable(patient, signal);
      signal.throwIfAborted();
      this.engine = engine;
      return engine;
    } catch (error) {
      // One that came through after all would keep the session's id from every later attempt.
      this.#ended.abort(error);
      connecting.then(
        (late) => late.dispose(),
        () => {},
      );
      throw error;
    }
  }
}
