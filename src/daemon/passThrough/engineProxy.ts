/**
 * The Docker Engine API on the daemon's own endpoint: what is not Presync's goes to the engine, so that the stock docker
 * CLI works against this endpoint as against the engine.
 *
 * Every request is read whole by Node's strict parser and its head written anew, so that what was checked here is what
 * the engine sees. A connection that the engine upgrades (attach, exec, BuildKit's /session and /grpc) is then passed on
 * as bytes. Nothing is kept in memory beyond what the streams hold on their way.
 */
import type { ClientRequest, IncomingMessage } from 'node:http';
import { request as httpRequest, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { PresyncError } from '../../base/errors.ts';
import type { Logger } from '../../base/logger.ts';
import { dial } from '../../builder/endpoint/dial.ts';
import type { EngineEndpoint } from '../../builder/endpoint/engineEndpoint.ts';
import { answered, refuse, relay } from './answer.ts';
import { bridge } from './bridge.ts';
import type { RawHeaders } from './headers.ts';
import { requestHeaders, upgradeHead } from './headers.ts';
import { takeBody } from './upgradeBody.ts';

export class EngineProxy {
  readonly #locate: () => Promise<EngineEndpoint>;
  readonly #logger: Logger;
  #running = 0;
  #waiting: (() => void)[] = [];

  /** Called when a request begins. */
  onUse: () => void = () => {};

  /** @param locate where the engine is, asked for each request: what a docker context means may change */
  constructor(locate: () => Promise<EngineEndpoint>, logger: Logger) {
    this.#locate = locate;
    this.#logger = logger;
  }

  /** Requests and upgraded connections that are not over. */
  get running(): number {
    return this.#running;
  }

  /** Resolves when nothing runs any more. */
  idle(): Promise<void> {
    return this.#running === 0 ? Promise.resolve() : new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Answers a request with what the engine answers. A client that goes away takes the engine's request with it. */
  forward(request: IncomingMessage, response: ServerResponse): Promise<void> {
    return this.#run(request, response, async (gone) => {
      const outgoing = await this.#open(request, ['Connection', 'close'], gone);
      outgoing.flushHeaders(); // a body that begins late must not hold them back
      request.pipe(outgoing);
      const answer = await answered(outgoing);
      if (answer.socket !== undefined) throw new PresyncError('PROTOCOL', 'The engine upgraded what was no upgrade.');
      // The engine may answer before it has the whole request; nobody takes the rest then.
      if (!request.complete) response.shouldKeepAlive = false;
      await relay(answer.response, response);
    });
  }

  /** The same for a request that wants its connection to become another. `head` is what followed it. */
  upgrade(request: IncomingMessage, client: Socket, head: Buffer): Promise<void> {
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(client);
    // Nobody else sees to a connection that asked for an upgrade, whether or not the client ends its half.
    response.on('finish', () => client.destroySoon());
    return this.#run(request, response, async (gone) => {
      const body = await takeBody(request, client, head);
      const protocol = request.headers.upgrade ?? '';
      const outgoing = await this.#open(request, ['Connection', 'Upgrade', 'Upgrade', protocol], gone);
      outgoing.end(body);
      const answer = await answered(outgoing);
      if (answer.socket === undefined) return relay(answer.response, response);
      response.detachSocket(client);
      client.write(upgradeHead(answer.response));
      if (answer.head.length > 0) client.write(answer.head);
      await bridge(client, answer.socket);
    });
  }

  async #run(
    request: IncomingMessage,
    response: ServerResponse,
    exchange: (gone: AbortSignal) => Promise<void>,
  ): Promise<void> {
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    // Whoever goes away in the middle is noticed by 'close'.
    for (const stream of [request, response]) stream.on('error', () => {});
    this.#running++;
    this.onUse();
    try {
      await exchange(gone.signal);
    } catch (thrown) {
      const error = PresyncError.from(thrown);
      if (!gone.signal.aborted)
        this.#logger.info('passing on failed', { method: request.method, code: error.code, error });
      refuse(response, error);
    } finally {
      if (--this.#running === 0) for (const resolve of this.#waiting.splice(0)) resolve();
    }
  }

  async #open(request: IncomingMessage, connection: RawHeaders, gone: AbortSignal): Promise<ClientRequest> {
    const socket = await dial(await this.#locate(), { signal: gone, halfOpen: true });
    const outgoing = httpRequest({
      method: request.method ?? '',
      path: request.url ?? '',
      headers: [...requestHeaders(request), ...connection],
      createConnection: () => socket,
    });
    outgoing.on('error', () => {}); // after the answer nobody needs to know
    gone.addEventListener('abort', () => outgoing.destroy(), { once: true });
    return outgoing;
  }
}
