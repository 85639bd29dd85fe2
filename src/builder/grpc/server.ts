/**
 * A gRPC server on one connection: inside a session the client is the server, and the engine calls.
 */
import type { IncomingHttpHeaders, ServerHttp2Session, ServerHttp2Stream } from 'node:http2';
import http2 from 'node:http2';
import type { Duplex } from 'node:stream';
import { PresyncError } from '../../base/errors.ts';
import type { Logger } from '../../base/logger.ts';
import { builderLimits } from '../limits.ts';
import { readMessages } from './messages.ts';
import type { Metadata } from './metadata.ts';
import { readMetadata } from './metadata.ts';
import type { GrpcStatus } from './status.ts';
import { grpcCodes, okStatus, statusToHeaders } from './status.ts';

/** Answers one call. It ended well when the promise resolves; a rejection becomes the call's status. */
export type MethodHandler = (call: ServerCall) => Promise<void>;

/** Handlers by '/package.Service/Method'. */
export type Methods = ReadonlyMap<string, MethodHandler>;

/** A failure with the status that the caller shall see. */
export class CallError extends PresyncError {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super('PROTOCOL', message);
  }
}

/** One call from the engine. */
export class ServerCall {
  readonly metadata: Metadata;
  readonly messages: AsyncIterable<Uint8Array>;
  /** Fires when the caller gave up or the connection ended. */
  readonly signal: AbortSignal;
  readonly #stream: ServerHttp2Stream;
  #drained: Promise<void> | undefined;

  constructor(stream: ServerHttp2Stream, metadata: Metadata) {
    const ended = new AbortController();
    stream.once('close', () => ended.abort());
    this.#stream = stream;
    this.metadata = metadata;
    this.messages = readMessages(stream);
    this.signal = ended.signal;
  }

  /** Writes framed messages. Resolves when more may be written; rejects when the caller is gone. */
  async write(frames: Uint8Array): Promise<void> {
    // A handler that failed may have left others writing behind it.
    if (this.signal.aborted || this.#stream.writableEnded) throw gone();
    if (!this.#stream.write(frames)) this.#drained ??= this.#nextDrain();
    await this.#drained;
  }

  /** One wait for all who write, however many they are. */
  #nextDrain(): Promise<void> {
    return new Promise((resolve, reject) => {
      const onGone = () => reject(gone());
      this.signal.addEventListener('abort', onGone, { once: true });
      this.#stream.once('drain', () => {
        this.signal.removeEventListener('abort', onGone);
        this.#drained = undefined;
        resolve();
      });
    });
  }
}

function gone(): PresyncError {
  return new PresyncError('CANCELLED', 'The engine ended the call.');
}

/** Serves `methods` on a connection until it closes. Unknown methods are answered with UNIMPLEMENTED. */
export function serveGrpc(socket: Duplex, methods: Methods, logger: Logger): ServerHttp2Session {
  const session = http2.performServerHandshake(socket, {
    maxSessionMemory: builderLimits.sessionMemoryMb,
    settings: { initialWindowSize: builderLimits.windowBytes },
  });
  session.on('error', (error: Error) => logger.debug('The session ended with an error.', { error: error.message }));
  type Headers = IncomingHttpHeaders;
  session.on('stream', (stream: ServerHttp2Stream, headers: Headers, _flags: number, rawHeaders: string[]) => {
    stream.on('error', () => {}); // the handler's reads and writes fail by themselves
    void answer(stream, headers, rawHeaders, methods, logger);
  });
  return session;
}

async function answer(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  rawHeaders: readonly string[],
  methods: Methods,
  logger: Logger,
): Promise<void> {
  const method = headers[':path'] ?? '';
  const handler = methods.get(method);
  let status: GrpcStatus = { code: grpcCodes.unimplemented, message: `${method} is not served here.`, details: [] };
  stream.on('wantTrailers', () => stream.sendTrailers(statusToHeaders(status)));
  stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
  if (handler !== undefined) {
    try {
      await handler(new ServerCall(stream, readMetadata(rawHeaders)));
      status = okStatus;
    } catch (error) {
      status = statusOf(error);
      if (!stream.destroyed) logger.warn('A call from the engine failed.', { method, reason: status.message });
    }
  }
  if (stream.destroyed) return;
  stream.end();
  stream.resume(); // a request that nobody read would keep the stream open
}

function statusOf(thrown: unknown): GrpcStatus {
  const error = PresyncError.from(thrown);
  const code = error instanceof CallError ? error.status : grpcCodes.internal;
  return { code, message: error.message, details: [] };
}
