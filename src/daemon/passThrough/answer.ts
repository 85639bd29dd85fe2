import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { PresyncError } from '../../base/errors.ts';
import { responseHeaders } from './headers.ts';

/** What the engine answered: with a response, or with a connection that now speaks another protocol. */
export type EngineAnswer =
  | { readonly response: IncomingMessage; readonly socket: undefined }
  | { readonly response: IncomingMessage; readonly socket: Socket; readonly head: Buffer };

/** Waits for the engine's answer, however long a build takes. ENGINE_LOST when the connection ends without one. */
export function answered(outgoing: ClientRequest): Promise<EngineAnswer> {
  return new Promise((resolve, reject) => {
    outgoing.once('response', (response) => resolve({ response, socket: undefined }));
    outgoing.once('upgrade', (response, socket: Socket, head) => resolve({ response, socket, head }));
    const lost = (cause?: Error) =>
      reject(new PresyncError('ENGINE_LOST', 'The Docker engine closed the connection.', { cause }));
    outgoing.once('error', lost);
    outgoing.once('close', () => lost());
  });
}

/** Passes a response on as it comes. What breaks off at the engine breaks off here as well: it must not look whole. */
export async function relay(from: IncomingMessage, to: ServerResponse): Promise<void> {
  to.writeHead(from.statusCode ?? 502, from.statusMessage ?? '', responseHeaders(from));
  // A response whose body begins in an hour, such as `docker events`, has begun nevertheless.
  to.flushHeaders();
  await pipeline(from, to);
}

/** Answers in the engine's place, in its own form of errors. */
export function refuse(response: ServerResponse, error: PresyncError): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const body = JSON.stringify({ message: `${error.message} ${error.hint}`.trim() });
  const status = error.code === 'LIMIT' ? 413 : error.code === 'PROTOCOL' ? 400 : 502;
  // What else the client sends on this connection was not looked at.
  response.shouldKeepAlive = false;
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
  response.end(body);
}
