/** Headers of a message that is passed on: RFC 9110 section 7.6.1 tells which are about one connection only. */
import type { IncomingMessage } from 'node:http';

/** Names and values in turn, as Node gives and takes them raw. */
export type RawHeaders = string[];

const ofTheConnection = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  // Answered by this side already.
  'expect',
]);

/** What is meant for us and no business of the engine. */
const ofTheDaemon = new Set(['authorization', 'host', 'origin']);

/** The head of a request as the engine gets it, but for what says how the connection goes on. */
export function requestHeaders(request: IncomingMessage): RawHeaders {
  const kept = endToEnd(request, (name) => !ofTheDaemon.has(name));
  kept.push('Host', 'docker');
  if (request.headers['transfer-encoding'] !== undefined) kept.push('Transfer-Encoding', 'chunked');
  // Node would send a body in chunks, and the engine takes a body of unknown length for one that is there.
  else if (request.headers['content-length'] === undefined) kept.push('Content-Length', '0');
  return kept;
}

/** The head of an answer as the client gets it. */
export function responseHeaders(response: IncomingMessage): RawHeaders {
  return endToEnd(response, () => true);
}

/** The answer that turns a connection into something else. Header values are bytes, which Node shows as latin1. */
export function upgradeHead(response: IncomingMessage): Buffer {
  const { statusMessage = '', rawHeaders } = response;
  let text = `HTTP/1.1 101 ${statusMessage}\r\n`;
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) text += `${rawHeaders[i]}: ${rawHeaders[i + 1]}\r\n`;
  return Buffer.from(`${text}\r\n`, 'latin1');
}

function endToEnd(message: IncomingMessage, keeps: (name: string) => boolean): RawHeaders {
  const named = new Set(message.headers.connection?.split(',').map((name) => name.trim().toLowerCase()));
  const kept: RawHeaders = [];
  for (let i = 0; i + 1 < message.rawHeaders.length; i += 2) {
    const name = message.rawHeaders[i]!.toLowerCase();
    if (ofTheConnection.has(name) || named.has(name) || !keeps(name)) continue;
    kept.push(message.rawHeaders[i]!, message.rawHeaders[i + 1]!);
  }
  return kept;
}
