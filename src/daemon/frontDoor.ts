/**
 * Who may ask the daemon anything: decided by the headers alone, before a request is read or an upgrade is answered.
 *
 * No browser has business here, and it cannot leave out the Origin of a page that it works for. A page whose name was made
 * to lead to this address names that in Host. On TCP whoever asks has to show the token, which is as good as root on the
 * engine's host. Headers of which only one may be there are refused when there are several: two readers might each believe
 * another one.
 */
import { createHash, timingSafeEqual, X509Certificate } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

export interface FrontDoor {
  /** Why a request is not even looked at; undefined for one that may come in. */
  refuses(request: Pick<IncomingMessage, 'rawHeaders'>): Refusal | undefined;
}

/** An HTTP answer. */
export interface Refusal {
  readonly status: 400 | 401 | 403 | 404;
  readonly why: string;
}

const forBrowsers: Refusal = { status: 403, why: 'Browsers have no business here.' };
const otherName: Refusal = { status: 403, why: 'The daemon does not go by this name.' };
const noToken: Refusal = { status: 401, why: 'The token is missing or is not the right one.' };

/** Of a socket that only its owner can reach. */
export const privateDoor: FrontDoor = {
  refuses: ({ rawHeaders }) => (valuesOf(rawHeaders, 'origin').length > 0 ? forBrowsers : undefined),
};

/** Of a TCP port. `answersTo` tells by which values of Host the daemon goes. */
export function guardedDoor(token: string, answersTo: (host: string) => boolean): FrontDoor {
  const expected = sha256(`Bearer ${token}`);
  return {
    refuses({ rawHeaders }) {
      if (valuesOf(rawHeaders, 'origin').length > 0) return forBrowsers;
      const [host, ...otherHosts] = valuesOf(rawHeaders, 'host');
      if (host === undefined || otherHosts.length > 0 || !answersTo(host)) return otherName;
      const [shown = '', ...others] = valuesOf(rawHeaders, 'authorization');
      // Digests are of one length, and comparing them tells nothing of where they differ.
      const matches = timingSafeEqual(sha256(shown), expected);
      return matches && others.length === 0 ? undefined : noToken;
    },
  };
}

/** The names of a port on this machine's own loopback. */
export function loopbackNames(port: number): (host: string) => boolean {
  const names = new Set(['127.0.0.1', '[::1]', 'localhost'].map((name) => `${name}:${port}`));
  return (host) => names.has(host.toLowerCase());
}

/** The names that a certificate (PEM) is for. The port is left out in Host when it is that of https. */
export function certifiedNames(pem: Buffer, port: number): (host: string) => boolean {
  const certificate = new X509Certificate(pem);
  return (host) => {
    const [, name = '', given = '443'] = /^(\[[0-9A-Fa-f:.]+\]|[^:]+)(?::(\d+))?$/.exec(host) ?? [];
    const address = name.replace(/^\[(.*)\]$/, '$1');
    if (Number(given) !== port) return false;
    return (isIP(address) ? certificate.checkIP(address) : certificate.checkHost(address)) !== undefined;
  };
}

function valuesOf(rawHeaders: readonly string[], name: string): string[] {
  return rawHeaders.filter((_, i) => i % 2 === 1 && rawHeaders[i - 1]!.toLowerCase() === name);
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
