/**
 * A gRPC client on one HTTP/2 connection, without TLS of its own: the socket is handed in, since a Docker engine gives
 * one by an HTTP upgrade.
 */
import type { ClientHttp2Session, ClientHttp2Stream, IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http2';
import http2 from 'node:http2';
import type { Duplex } from 'node:stream';
import type { Disposable } from '../../base/disposable.ts';
import type { Event } from '../../base/emitter.ts';
import { Emitter } from '../../base/emitter.ts';
import { cancelled, PresyncError } from '../../base/errors.ts';
import { builderLimits } from '../limits.ts';
import { frame } from './framing.ts';
import { engineLost, GrpcError } from './grpcError.ts';
import { readMessages } from './messages.ts';
import { outsideParsing } from './outsideParsing.ts';
import type { GrpcStatus } from './status.ts';
import { grpcCodes, statusFromHeaders } from './status.ts';

export interface CallOptions {
  /** Ends the call; the engine is told, and ends the work behind it. */
  readonly signal?: AbortSignal | undefined;
  /** After this many milliseconds the call fails with TIMEOUT. */
  readonly timeoutMs?: number | undefined;
}

/** A call in both directions, for those who need the stream itself. */
export interface GrpcCall {
  readonly stream: ClientHttp2Stream;
  /** How it ended; undefined when the connection went away first. Never rejects. */
  readonly status: Promise<GrpcStatus | undefined>;
}

export class GrpcConnection implements Disposable {
  readonly #session: ClientHttp2Session;
  readonly #closed = new Emitter<void>();
  #disposed = false;

  /** Fires once when no further call is possible. */
  readonly onDidClose: Event<void> = this.#closed.event;

  constructor(socket: Duplex) {
    this.#session = http2.connect('http://localhost', {
      createConnection: () => socket,
      maxSessionMemory: builderLimits.sessionMemoryMb,
      settings: { enablePush: false, initialWindowSize: builderLimits.windowBytes },
    });
    // The reason of a failure reaches whoever has a call open; without calls nobody needs it.
    this.#session.on('error', () => {});
    this.#session.on('goaway', () => this.dispose());
    this.#session.on('close', () => this.#closed.emit());
  }

  get closed(): boolean {
    return this.#disposed || this.#session.closed || this.#session.destroyed;
  }

  /** @param method '/package.Service/Method' */
  open(method: string, headers: OutgoingHttpHeaders = {}): GrpcCall {
    if (this.closed) throw engineLost();
    const stream = this.#session.request(
      { ':method': 'POST', ':path': method, 'content-type': 'application/grpc', te: 'trailers', ...headers },
      { endStream: false },
    );
    return { stream, status: statusOf(stream) };
  }

  /** One message there and one back. */
  async unary(method: string, request: Uint8Array, options: CallOptions = {}): Promise<Uint8Array> {
    let response: Uint8Array | undefined;
    for await (const message of this.stream(method, request, options)) response = message;
    if (response === undefined) throw new PresyncError('PROTOCOL', `${method} answered without a message.`);
    return response;
  }

  /** One message there and any number back. Leaving the loop early ends the call. */
  async *stream(method: string, request: Uint8Array, options: CallOptions = {}): AsyncGenerator<Uint8Array> {
    if (options.signal?.aborted) throw cancelled(options.signal.reason);
    const call = this.open(method);
    const guard = new CallGuard(call.stream, options, () => this.dispose());
    call.stream.end(frame(request));
    try {
      yield* readMessages(call.stream);
    } catch (error) {
      if (error instanceof PresyncError) throw error;
      throw guard.stoppedBy ?? failure(method, await call.status, error);
    } finally {
      guard.dispose();
    }
    const status = await call.status;
    if (status?.code !== grpcCodes.ok) throw guard.stoppedBy ?? failure(method, status);
  }

  /** Closes the connection; open calls fail with ENGINE_LOST. */
  dispose(): void {
    this.#disposed = true;
    outsideParsing(() => this.#session.destroy());
  }
}

/** Trailers come when the engine is done, though this side of the call may still be open. */
function statusOf(stream: ClientHttp2Stream): Promise<GrpcStatus | undefined> {
  return new Promise((resolve) => {
    const settle = (status: GrpcStatus | undefined) => status !== undefined && resolve(status);
    stream.on('response', (headers) => settle(statusFromHeaders(headers) ?? httpFailure(headers[':status'])));
    stream.on('trailers', (headers: IncomingHttpHeaders) => settle(statusFromHeaders(headers)));
    stream.on('error', () => {}); // told by 'close', and by reading
    stream.on('close', () => resolve(undefined));
  });
}

function httpFailure(status: number | undefined): GrpcStatus | undefined {
  if (status === 200) return undefined;
  return {
    code: grpcCodes.unknown,
    message: `The engine answered with HTTP status ${status ?? 'unknown'}.`,
    details: [],
  };
}

function failure(method: string, status: GrpcStatus | undefined, cause?: unknown): PresyncError {
  return status === undefined || status.code === grpcCodes.ok ? engineLost(cause) : new GrpcError(method, status);
}

/** Ends a call when its signal fires, its time is up, or nobody reads it any more. */
class CallGuard implements Disposable {
  readonly #stream: ClientHttp2Stream;
  readonly #signal: AbortSignal | undefined;
  readonly #onStuck: () => void;
  readonly #timer: NodeJS.Timeout | undefined;
  /** Why the call was ended from this side. */
  stoppedBy: PresyncError | undefined;

  /** @param onStuck the call cannot be ended: nothing goes on in its connection any more */
  constructor(stream: ClientHttp2Stream, { signal, timeoutMs }: CallOptions, onStuck: () => void) {
    this.#stream = stream;
    this.#signal = signal;
    this.#onStuck = onStuck;
    signal?.addEventListener('abort', this.#onAbort, { once: true });
    if (timeoutMs === undefined) return;
    const expired = new PresyncError('TIMEOUT', `The engine did not answer within ${timeoutMs} ms.`);
    this.#timer = setTimeout(() => this.#stop(expired), timeoutMs);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#signal?.removeEventListener('abort', this.#onAbort);
    this.#cancel();
  }

  readonly #onAbort = () => this.#stop(cancelled(this.#signal?.reason));

  #stop(reason: PresyncError): void {
    this.stoppedBy ??= reason;
    this.#cancel();
  }

  /**
   * Nothing happens to a call that is over. Node neither reads on nor says so when nghttp2 was sent headers that it cannot
   * take, such as trailers with a value over 64 KiB: then not even a reset ends the call.
   */
  #cancel(): void {
    if (this.#stream.closed) return;
    outsideParsing(() => this.#stream.close(http2.constants.NGHTTP2_CANCEL));
    const stuck = setTimeout(this.#onStuck, builderLimits.cancelMs).unref();
    this.#stream.once('close', () => clearTimeout(stuck));
  }
}
