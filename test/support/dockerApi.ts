import { request } from 'node:http';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

/** Every call ends within this time, or the test says which one did not. */
const timeoutMs = 120_000;

/** The few calls of the Docker Engine API that tests need, over the engine's unix socket. */
export class DockerApi {
  readonly socket: string;

  constructor(socket: string) {
    this.socket = socket;
  }

  /** Sends a request and returns the answer's body; throws on any status of 400 or more. */
  call(
    method: string,
    path: string,
    body?: Buffer | Readable,
    type = 'application/json',
    login?: string,
  ): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const headers = {
        ...(body ? { 'Content-Type': type } : { 'Content-Length': 0 }),
        ...(login === undefined ? {} : { 'X-Registry-Auth': login }),
      };
      const call = request({ socketPath: this.socket, method, path, headers, timeout: timeoutMs }, (response) => {
        buffer(response).then((answer) => {
          if ((response.statusCode ?? 500) < 400) return resolve(answer);
          reject(new Error(`${method} ${path}: ${response.statusCode} ${answer.toString().trim()}`));
        }, reject);
      });
      call.on('timeout', () => call.destroy(new Error(`${method} ${path}: no answer for ${timeoutMs} ms`)));
      call.on('error', reject);
      if (body && 'pipe' in body) body.pipe(call);
      else call.end(body);
    });
  }

  async version(): Promise<string> {
    return (JSON.parse(String(await this.call('GET', '/version'))) as { Version: string }).Version;
  }

  /** The id that `docker images` shows, or undefined when there is no such image. */
  async imageId(tag: string): Promise<string | undefined> {
    try {
      return (JSON.parse(String(await this.call('GET', `/images/${tag}/json`))) as { Id: string }).Id;
    } catch (error) {
      if (String(error).includes(': 404 ')) return undefined;
      throw error;
    }
  }

  /** The archive that `docker save` writes. */
  save(image: string): Promise<Buffer> {
    return this.call('GET', `/images/${image}/get`);
  }

  async removeImage(image: string): Promise<void> {
    await this.call('DELETE', `/images/${image}?force=1`).catch(() => undefined);
  }

  /** Makes a one-layer image of a tar archive. */
  async importImage(archive: Buffer | Readable, tag: string): Promise<void> {
    await this.call('POST', `/images/create?fromSrc=-&repo=${tag}`, archive, 'application/x-tar');
  }

  /** Pushes an image with a login as X-Registry-Auth has it. The API reports a failure inside its answer. */
  async push(name: string, tag: string, login: string): Promise<void> {
    const answer = String(await this.call('POST', `/images/${name}/push?tag=${tag}`, undefined, '', login));
    if (answer.includes('"error"')) throw new Error(answer);
  }

  /** Drops the engine's whole build cache, local sources included. */
  async pruneBuildCache(): Promise<void> {
    await this.call('POST', '/build/prune?all=1');
  }
}
