/**
 * A session: the connection on which the engine asks the client for files and credentials.
 *
 * A Docker engine on this machine gets a connection of its own for it, by the HTTP upgrade `POST /session`. Elsewhere it
 * runs inside a stream of `Control.Session` on the control connection, since over ssh every further connection is a
 * process and a handshake; but then all content crosses two layers of HTTP/2, and takes a third longer. Each way stands
 * in for the other where the engine refuses it. Either way headers name the session and the methods that it serves, and
 * then the client is the gRPC server.
 */
import type { OutgoingHttpHeaders, ServerHttp2Session } from 'node:http2';
import type { Duplex } from 'node:stream';
import type { Disposable } from '../../base/disposable.ts';
import type { Event } from '../../base/emitter.ts';
import { Emitter } from '../../base/emitter.ts';
import type { Logger } from '../../base/logger.ts';
import { delay, withTimeout } from '../../base/time.ts';
import { abortable } from '../../base/abortable.ts';
import type { EngineHttp } from '../engineHttp.ts';
import { HttpStatusError } from '../engineHttp.ts';
import type { GrpcConnection } from '../grpc/client.ts';
import { engineLost, GrpcError } from '../grpc/grpcError.ts';
import { outsideParsing } from '../grpc/outsideParsing.ts';
import type { Methods } from '../grpc/server.ts';
import { serveGrpc } from '../grpc/server.ts';
import { grpcCodes } from '../grpc/status.ts';
import { builderLimits } from '../limits.ts';
import { BytesTunnel } from './bytesTunnel.ts';
import { basicServices } from './sessionServices.ts';
import { SilenceWatch } from './silenceWatch.ts';

/** Names BuildKit's disk copies, with the keys of the contexts: the same for every session that serves generations. */
export const builderSharedKey = 'presync';

const sessionMethod = '/moby.buildkit.v1.Control/Session';

export interface SessionOptions {
  /** How solves name it. */
  readonly id: string;
  /** Part of the name of BuildKit's disk copies; the same for every session that shall share them. */
  readonly sharedKey: string;
  /** Beside health and credentials. */
  readonly methods: Methods;
  readonly logger: Logger;
}

/** How the engine can be reached; `http` is undefined for a buildkitd. */
export interface SessionCarrier {
  readonly control: GrpcConnection;
  readonly http: EngineHttp | undefined;
  /** A further connection costs next to nothing. */
  readonly local: boolean;
}

export class EngineSession implements Disposable {
  readonly id: string;
  readonly #server: ServerHttp2Session;
  readonly #watch: SilenceWatch;
  readonly #closed = new Emitter<void>();

  /** Fires once when the engine can no longer call. */
  readonly onDidClose: Event<void> = this.#closed.event;

  private constructor(connection: Duplex, options: SessionOptions) {
    this.id = options.id;
    this.#watch = new SilenceWatch(() => this.dispose());
    const methods = new Map([...basicServices(() => this.#watch.heard()), ...options.methods]);
    this.#server = serveGrpc(connection, methods, options.logger);
    this.#server.on('close', () => {
      this.dispose();
      connection.destroy();
      this.#closed.emit();
    });
  }

  /** Opens a session and waits until the engine speaks on it. ENGINE_LOST, BUILDER_UNSUPPORTED, TIMEOUT, CANCELLED. */
  static async open(carrier: SessionCarrier, options: SessionOptions, signal?: AbortSignal): Promise<EngineSession> {
    const { control, http, local } = carrier;
    const insideControl = () => EngineSession.#insideControl(control, options, signal);
    if (http === undefined) return insideControl();
    const byUpgrade = () => EngineSession.#byUpgrade(http, options, signal);
    const [first, second] = local ? [byUpgrade, insideControl] : [insideControl, byUpgrade];
    try {
      return await first();
    } catch (error) {
      if (!isRefusal(error)) throw error;
      return second();
    }
  }

  get closed(): boolean {
    return this.#server.closed || this.#server.destroyed;
  }

  dispose(): void {
    this.#watch.dispose();
    outsideParsing(() => this.#server.destroy());
  }

  static async #insideControl(
    control: GrpcConnection,
    options: SessionOptions,
    signal: AbortSignal | undefined,
  ): Promise<EngineSession> {
    const { stream, status } = control.open(sessionMethod, sessionHeaders(options));
    const session = new EngineSession(new BytesTunnel(stream), options);
    const refused = status.then((end) => {
      throw end === undefined || end.code === grpcCodes.ok ? engineLost() : new GrpcError(sessionMethod, end);
    });
    return session.#ready(refused, signal);
  }

  /** An id that was in use a moment ago is refused with 400 until the engine has noticed its end. It is asked again. */
  static async #byUpgrade(
    http: EngineHttp,
    options: SessionOptions,
    signal: AbortSignal | undefined,
  ): Promise<EngineSession> {
    const deadline = performance.now() + builderLimits.sessionInUseMs;
    for (;;) {
      try {
        const socket = await http.upgrade('/session', sessionHeaders(options), signal);
        const session = new EngineSession(socket, options);
        const ended = new Promise<never>((_resolve, reject) => session.onDidClose(() => reject(engineLost())));
        return await session.#ready(ended, signal);
      } catch (error) {
        if (!isInUse(error) || performance.now() > deadline) throw error;
      }
      await delay(builderLimits.sessionIdReuseMs, signal);
    }
  }

  /** The engine has registered the session when its HTTP/2 settings arrive. */
  async #ready(failed: Promise<never>, signal: AbortSignal | undefined): Promise<EngineSession> {
    const settings = new Promise<void>((resolve) => this.#server.once('remoteSettings', () => resolve()));
    const ready = withTimeout(Promise.race([settings, failed]), builderLimits.sessionReadyMs, 'Opening a session');
    try {
      await abortable(ready, signal);
      return this;
    } catch (error) {
      this.dispose();
      throw error;
    }
  }
}

/** The engine, or what stands in front of it, does not open sessions this way. */
function isRefusal(error: unknown): boolean {
  if (error instanceof GrpcError) return error.status.code === grpcCodes.unimplemented;
  return error instanceof HttpStatusError && !isInUse(error);
}

function isInUse(error: unknown): boolean {
  return error instanceof HttpStatusError && error.status === 400;
}

function sessionHeaders({ id, sharedKey, methods }: SessionOptions): OutgoingHttpHeaders {
  const served = [...basicServices(() => {}).keys(), ...methods.keys()];
  return {
    'x-docker-expose-session-uuid': id,
    'x-docker-expose-session-name': 'presync',
    'x-docker-expose-session-sharedkey': sharedKey,
    'x-docker-expose-session-grpc-method': served,
  };
}
