import type { Disposable } from '../base/disposable.ts';
import { cancelled } from '../base/errors.ts';
import { withTimeout } from '../base/time.ts';
import { abortable } from '../builder/abortable.ts';
import type { EngineEndpoint } from '../builder/endpoint/engineEndpoint.ts';
import type { Engine } from '../builder/engine.ts';
import type { EngineSelector } from '../context/engineSelector.ts';
import { daemonLimits } from './limits.ts';

export interface EngineSource {
  resolve(selector: EngineSelector): Promise<EngineEndpoint>;
  /** An engine that connects again by itself when its connection was lost. The signal ends the attempt. */
  connect(endpoint: EngineEndpoint, signal: AbortSignal): Promise<Engine>;
}

/** One standing connection for each engine that is used, whoever uses it. */
export class EnginePool implements Disposable {
  readonly #source: EngineSource;
  readonly #engines = new Map<string, Promise<Engine>>();
  readonly #connected = new Set<Engine>();
  readonly #ended = new AbortController();

  constructor(source: EngineSource) {
    this.#source = source;
  }

  /**
   * The engine that the client means. A failure is not remembered: the next call tries again.
   * As Engine.connect, and CANCELLED when the pool ends.
   */
  async get(selector: EngineSelector): Promise<Engine> {
    const endpoint = await this.#source.resolve(selector);
    const key = JSON.stringify(endpoint);
    let engine = this.#engines.get(key);
    if (engine === undefined) {
      engine = this.#connect(endpoint);
      this.#engines.set(key, engine);
      engine.catch(() => this.#engines.delete(key));
    }
    return engine;
  }

  async #connect(endpoint: EngineEndpoint): Promise<Engine> {
    const { signal: ended } = this.#ended;
    ended.throwIfAborted();
    const attempt = new AbortController();
    const connecting = this.#source.connect(endpoint, attempt.signal);
    try {
      const patient = withTimeout(connecting, daemonLimits.engineConnect, `Connecting to ${endpoint.label}`);
      const engine = await abortable(patient, ended);
      ended.throwIfAborted();
      this.#connected.add(engine);
      return engine;
    } catch (error) {
      // One that came through after all would keep the session's id from every later attempt.
      attempt.abort(error);
      connecting.then(
        (late) => late.dispose(),
        () => {},
      );
      throw error;
    }
  }

  /** Begins to connect to an engine that will be asked for. Why it cannot be reached is told to whoever asks. */
  expect(selector: EngineSelector): void {
    this.get(selector).catch(() => {});
  }

  /** The engine of that label, if it is in use. */
  find(label: string): Engine | undefined {
    return [...this.#connected].find(({ info }) => info.label === label);
  }

  /** The engines in use, for a status document. */
  describe(): { label: string; kind: string; version: string }[] {
    return [...this.#connected].map(({ info: { label, kind, version } }) => ({ label, kind, version }));
  }

  /** Ends the engines, and the attempts to reach one. */
  dispose(): void {
    this.#ended.abort(cancelled());
    for (const engine of this.#connected) engine.dispose();
    this.#connected.clear();
    this.#engines.clear();
  }
}
