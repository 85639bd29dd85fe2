import type { Disposable } from '../base/disposable.ts';
import type { Event } from '../base/emitter.ts';
import { Emitter } from '../base/emitter.ts';
import { PresyncError } from '../base/errors.ts';
import type { EngineEndpoint } from './endpoint/engineEndpoint.ts';
import type { EngineHttp } from './engineHttp.ts';
import type { EngineInfo } from './engineInfo.ts';
import { openControl } from './engineInfo.ts';
import type { GrpcConnection } from './grpc/client.ts';
import { findHostGateway } from './hostGateway.ts';
import type { SessionCarrier, SessionOptions } from './session/engineSession.ts';
import { EngineSession } from './session/engineSession.ts';
import type { ExporterResponse, SolveOrder, SolveWatch } from './solve/solve.ts';
import { pruneCopies } from './pruneCopies.ts';
import { solve } from './solve/solve.ts';

export interface LinkTarget {
  readonly endpoint: EngineEndpoint;
  readonly http: EngineHttp;
  readonly kind: EngineInfo['kind'];
}

/**
 * The control connection and the standing session: one is of no use without the other.
 *
 * A solve that waits for a session which is gone hangs on old engines, so whichever closes closes both, and everything
 * that runs fails with ENGINE_LOST at once.
 */
export class EngineLink implements Disposable {
  readonly #control: GrpcConnection;
  readonly #target: LinkTarget;
  readonly #session: EngineSession;
  readonly #closed = new Emitter<void>();
  #open = true;

  /** Fires once. */
  readonly onDidClose: Event<void> = this.#closed.event;

  private constructor(target: LinkTarget, control: GrpcConnection, session: EngineSession) {
    this.#target = target;
    this.#control = control;
    this.#session = session;
    control.onDidClose(() => this.dispose());
    session.onDidClose(() => this.dispose());
  }

  static async open(target: LinkTarget, session: SessionOptions, signal: AbortSignal): Promise<EngineLink> {
    const control = await openControl(target.endpoint, target.kind, target.http, signal);
    try {
      return new EngineLink(target, control, await EngineSession.open(carrierOf(target, control), session, signal));
    } catch (error) {
      control.dispose();
      throw error;
    }
  }

  get closed(): boolean {
    return !this.#open || this.#control.closed || this.#session.closed;
  }

  /** A further session beside the standing one. It ends with the link. */
  async openSession(options: SessionOptions, signal: AbortSignal): Promise<EngineSession> {
    const session = await EngineSession.open(carrierOf(this.#target, this.#control), options, signal);
    const ending = this.onDidClose(() => session.dispose());
    session.onDidClose(() => ending.dispose());
    return session;
  }

  /** See findHostGateway. */
  hostGateway(signal: AbortSignal): Promise<string | undefined> {
    return findHostGateway(this.#control, signal);
  }

  /** See pruneCopies. */
  pruneCopies(contextName: string): Promise<number> {
    return pruneCopies(this.#control, contextName);
  }

  /** Runs a solve, see solve.ts. Where that finds the session lost, the link is of no more use. */
  async solve(order: SolveOrder, watch: SolveWatch = {}): Promise<ExporterResponse> {
    try {
      return await solve(this.#control, order, watch);
    } catch (error) {
      if (error instanceof PresyncError && error.code === 'ENGINE_LOST') this.dispose();
      throw error;
    }
  }

  dispose(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#session.dispose();
    this.#control.dispose();
    this.#closed.emit();
  }
}

function carrierOf({ endpoint, http, kind }: LinkTarget, control: GrpcConnection): SessionCarrier {
  const local = endpoint.kind === 'unix' || endpoint.kind === 'npipe';
  return { control, http: kind === 'docker' ? http : undefined, local };
}
