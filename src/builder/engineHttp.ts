/**
 * The few calls of the Docker Engine API that are needed, and its HTTP upgrades.
 *
 * `POST /grpc` and `POST /session` with `Connection: Upgrade` and `Upgrade: h2c` are answered with 101, and then the
 * connection speaks HTTP/2: on `/grpc` the engine serves, on `/session` the client does.
 */
import type { ClientRequest, IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import http from 'node:http';
import type { Duplex } from 'node:stream';
import { cancelled, errorMessage, PresyncError } from '../base/errors.ts';
import { splitTag } from '../context/tagName.ts';
import { dial } from './endpoint/dial.ts';
import type { EngineEndpoint } from './endpoint/engineEndpoint.ts';
import { engineLost } from './grpc/grpcError.ts';
import { builderLimits } from './limits.ts';

/** What an engine says about itself without being asked for rights. */
export interface Ping {
  /** '1.41', … */
  readonly apiVersion: string;
  /** 'linux' or 'windows'. */
  readonly osType: string;
}

/** An answer with a status other than the one that was asked for. */
export class HttpStatusError extends PresyncError {
  constructor(
    readonly status: number,
    what: string,
    body: string,
  ) {
    super('ENGINE_UNREACHABLE', `${what} was answered with HTTP status ${status}${body === '' ? '' : `: ${body}`}`);
  }
}

interface Answer {
  readonly response: IncomingMessage;
  readonly body: string;
}

interface Upgraded {
  readonly socket: Duplex;
  readonly head: Buffer;
}

/** HTTP with one engine; a connection per call. */
export class EngineHttp {
  readonly #endpoint: EngineEndpoint;

  constructor(endpoint: EngineEndpoint) {
    this.#endpoint = endpoint;
  }

  async ping(signal?: AbortSignal): Promise<Ping> {
    const { response } = await this.#get('/_ping', signal);
    const header = (name: string) => String(response.headers[name] ?? '');
    return { apiVersion: header('api-version'), osType: header('ostype') || 'linux' };
  }

  /** The engine's own version, such as '26.1.5'. */
  async version(signal?: AbortSignal): Promise<string> {
    return text(await this.#field('/version', 'Version', signal));
  }

  /** The id that `docker images` shows for `name`, or undefined when there is no such image. */
  async imageId(name: string, signal?: AbortSignal): Promise<string | undefined> {
    try {
      return text(await this.#field(imagePath(name), 'Id', signal));
    } catch (error) {
      if (error instanceof HttpStatusError && error.status === 404) return undefined;
      throw error;
    }
  }

  /** How large the image `name` is, with all its layers; 0 when the engine does not tell. */
  async imageBytes(name: string, signal?: AbortSignal): Promise<number> {
    const size = await this.#field(imagePath(name), 'Size', signal);
    return typeof size === 'number' && Number.isSafeInteger(size) && size > 0 ? size : 0;
  }

  /** Gives the image of that id a name, with or without a tag. */
  async tag(image: string, name: string, signal?: AbortSignal): Promise<void> {
    const { name: repo, tag } = splitTag(name);
    const query = new URLSearchParams({ repo, tag });
    await this.#call('POST', `/images/${encodeURIComponent(image)}/tag?${query.toString()}`, 201, signal);
  }

  /** Takes a name from its image, and removes that if nothing else holds it. Nothing to do where there is none. */
  async untag(name: string, signal?: AbortSignal): Promise<void> {
    try {
      await this.#call('DELETE', `/images/${encodeURIComponent(name)}`, 200, signal);
    } catch (error) {
      // 409: a container runs from it.
      if (!(error instanceof HttpStatusError) || (error.status !== 404 && error.status !== 409)) throw error;
    }
  }

  /** Images as the archive that `docker save` writes, as it comes. Throws as `stream` does. */
  save(names: readonly string[], signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const query = new URLSearchParams(names.map((name): [string, string] => ['names', name]));
    return this.stream('GET', `/images/get?${query.toString()}`, {}, signal);
  }

  /** Whether the engine keeps images in containerd's store. */
  async hasContainerdStore(signal?: AbortSignal): Promise<boolean> {
    const status = await this.#field('/info', 'DriverStatus', signal);
    return JSON.stringify(status ?? null).includes('io.containerd.snapshotter.v1');
  }

  /**
   * The body of an answer, as it comes and however long it takes. HttpStatusError for any status but 200, ENGINE_LOST,
   * CANCELLED and what `dial` throws.
   */
  async *stream(
    method: string,
    path: string,
    headers: OutgoingHttpHeaders,
    signal: AbortSignal,
  ): AsyncGenerator<Uint8Array> {
    const request = await this.#request(method, path, headers, signal);
    const stop = () => request.destroy();
    signal.addEventListener('abort', stop, { once: true });
    try {
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        request.once('response', resolve);
        request.on('error', reject); // of later ones the response tells
      });
      if (response.statusCode !== 200) {
        throw new HttpStatusError(response.statusCode ?? 0, `${method} ${path}`, await readBody(response));
      }
      yield* response as AsyncIterable<Uint8Array>;
    } catch (thrown) {
      if (signal.aborted) throw cancelled(signal.reason);
      throw thrown instanceof PresyncError ? thrown : engineLost(thrown);
    } finally {
      signal.removeEventListener('abort', stop);
      request.destroy();
    }
  }

  /** A connection that speaks HTTP/2 from here on. HttpStatusError, ENGINE_LOST, TIMEOUT, CANCELLED and what `dial` throws. */
  async upgrade(path: string, headers: OutgoingHttpHeaders, signal?: AbortSignal): Promise<Duplex> {
    const upgrade = { Connection: 'Upgrade', Upgrade: 'h2c', ...headers };
    const request = await this.#request('POST', path, upgrade, signal);
    const answer = await answered(request, `POST ${path}`, signal).catch((error: unknown) => {
      // What broke off here spoke HTTP before.
      throw error instanceof PresyncError && error.code === 'PROTOCOL' ? engineLost(error) : error;
    });
    if ('response' in answer) {
      throw new HttpStatusError(answer.response.statusCode ?? 0, `POST ${path}`, answer.body);
    }
    if (answer.head.length > 0) answer.socket.unshift(answer.head);
    return answer.socket;
  }

  /** A field of the JSON object at `path`. */
  async #field(path: string, field: string, signal: AbortSignal | undefined): Promise<unknown> {
    const { body } = await this.#get(path, signal);
    return (JSON.parse(body) as Record<string, unknown>)[field];
  }

  #get(path: string, signal: AbortSignal | undefined): Promise<Answer> {
    return this.#call('GET', path, 200, signal);
  }

  async #call(method: string, path: string, expected: number, signal: AbortSignal | undefined): Promise<Answer> {
    const what = `${method} ${path}`;
    const answer = await answered(await this.#request(method, path, {}, signal), what, signal);
    if (!('response' in answer)) throw new PresyncError('PROTOCOL', `${what} was answered with an upgrade.`);
    const status = answer.response.statusCode ?? 0;
    if (status !== expected) throw new HttpStatusError(status, what, answer.body);
    return answer;
  }

  async #request(
    method: string,
    path: string,
    headers: OutgoingHttpHeaders,
    signal: AbortSignal | undefined,
  ): Promise<ClientRequest> {
    const socket = await dial(this.#endpoint, { signal });
    // Without an agent nothing keeps the connection, and nothing else ever gets it.
    const request = http.request({
      method,
      path,
      headers: { Host: 'docker', ...headers },
      createConnection: () => socket,
    });
    request.end();
    return request;
  }
}

function imagePath(name: string): string {
  return `/images/${encodeURIComponent(name)}/json`;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Waits for a whole answer or for the upgrade, no longer than a request may take. */
function answered(request: ClientRequest, what: string, signal: AbortSignal | undefined): Promise<Answer | Upgraded> {
  return new Promise((resolve, reject) => {
    const onAbort = () => fail(cancelled(signal?.reason));
    const expire = () => fail(new PresyncError('TIMEOUT', `${what} was not answered in time.`));
    const timer = setTimeout(expire, builderLimits.requestMs);
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    };
    const fail = (error: PresyncError) => {
      done();
      reject(error);
      request.destroy();
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    request.on('error', (error) => fail(brokenAnswer(what, error)));
    request.on('upgrade', (_response, socket: Duplex, head) => {
      done();
      resolve({ socket, head });
    });
    request.on('response', (response) => {
      readBody(response).then(
        (body) => {
          done();
          resolve({ response, body });
        },
        (error: unknown) => fail(error instanceof PresyncError ? error : brokenAnswer(what, error)),
      );
    });
  });
}

async function readBody(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > builderLimits.httpBodyBytes) throw new PresyncError('LIMIT', 'An answer of the engine is too long.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8').trim();
}

/** What answers does not speak HTTP/1.1, or not to the end. A connection may know better why it ended. */
function brokenAnswer(what: string, cause: unknown): PresyncError {
  if (cause instanceof PresyncError) return cause;
  return new PresyncError('PROTOCOL', `${what} was not answered properly (${errorMessage(cause)}).`, { cause });
}
