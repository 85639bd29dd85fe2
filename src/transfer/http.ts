/** The daemon's plain HTTP surface, for what needs no link. */
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { ErrorCode } from '../base/errors.ts';
import { isErrorCode, PresyncError } from '../base/errors.ts';
import { timeouts } from '../protocol/limits.ts';
import { routes } from '../protocol/version.ts';
import type { DaemonAccess } from './access.ts';
import type { DaemonEndpoint } from './daemonEndpoint.ts';
import { refusal, routeTo } from './route.ts';

/** The daemon's status document; undefined when nobody listens. */
export function fetchStatus(endpoint: DaemonEndpoint, access?: DaemonAccess): Promise<unknown> {
  return unlessAbsent(ask({ endpoint, access, method: 'GET', path: routes.status }));
}

/** What a daemon is to do for its store: with the parameters of its route. */
export interface Upkeep {
  readonly task: 'gc' | 'verify';
  readonly query: string;
}

/** Has a running daemon look after its store; undefined when none listens. */
export function upkeep(endpoint: DaemonEndpoint, { task, query }: Upkeep, access?: DaemonAccess): Promise<unknown> {
  const path = query === '' ? routes[task] : `${routes[task]}?${query}`;
  return unlessAbsent(ask({ endpoint, access, method: 'POST', path, timeout: timeouts.upkeep }));
}

/** Asks a daemon to finish what it is at and to make way. It no longer listens when this resolves. */
export async function drainDaemon(endpoint: DaemonEndpoint, access?: DaemonAccess): Promise<void> {
  await ask({ endpoint, access, method: 'POST', path: routes.drain });
}

interface Question {
  readonly endpoint: DaemonEndpoint;
  readonly access: DaemonAccess | undefined;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly timeout?: number;
}

async function unlessAbsent(answer: Promise<unknown>): Promise<unknown> {
  try {
    return await answer;
  } catch (thrown) {
    if (thrown instanceof PresyncError && thrown.code === 'DAEMON_NOT_FOUND') return undefined;
    throw thrown;
  }
}

async function ask({ endpoint, access, method, path, timeout = timeouts.answer }: Question): Promise<unknown> {
  const route = await routeTo(endpoint, access, false);
  const { authority, secure, options } = route;
  try {
    const text = await new Promise<string>((resolve, reject) => {
      const call = secure ? httpsRequest : httpRequest;
      const url = `${secure ? 'https' : 'http'}://${authority}${path}`;
      const fail = (error: Error) => void Promise.resolve(route.explain(error)).then(reject, reject);
      const outgoing = call(url, { ...options, method } as object, (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (part: string) => (body += part));
        // It is cut, or takes too long.
        response.once('error', fail);
        response.once('end', () => {
          const { statusCode = 0 } = response;
          if (statusCode === 200) resolve(body);
          else reject(statusCode === 500 ? failureIn(body) : refusal(statusCode, endpoint));
        });
      });
      const timer = setTimeout(
        () => outgoing.destroy(new PresyncError('TIMEOUT', 'The daemon does not answer.')),
        timeout,
      );
      outgoing.once('close', () => clearTimeout(timer));
      outgoing.once('error', fail);
      outgoing.end();
    });
    return JSON.parse(text);
  } finally {
    route.close();
  }
}

/** What went wrong in the daemon, as it says. */
export function failureIn(body: string): PresyncError {
  const { code, message, hint } = JSON.parse(body) as { code?: string; message?: string; hint?: string };
  return new PresyncError(isErrorCode(code ?? '') ? (code as ErrorCode) : 'INTERNAL', message ?? '', {
    hint: hint ?? '',
  });
}
