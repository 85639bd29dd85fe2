/** How this daemon can be reached, with what that takes: a token, a certificate. */
import { randomBytes } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { PresyncError, systemErrorCode } from '../base/errors.ts';
import { readToken } from '../transfer/access.ts';
import type { DaemonOptions } from './arguments.ts';
import { certifiedNames, guardedDoor, loopbackNames, privateDoor } from './frontDoor.ts';
import type { Entrance } from './httpServer.ts';

/** UNAUTHORIZED for a token file that is of no use, BAD_ENDPOINT for a certificate that is none. */
export async function openEntrance({ endpoint, tokenFile, tls: files }: DaemonOptions): Promise<Entrance> {
  if (endpoint.kind !== 'tcp') return { endpoint, door: privateDoor, tls: undefined };
  await makeToken(tokenFile);
  const token = await readToken(tokenFile);
  if (files === undefined) {
    return { endpoint, door: guardedDoor(token, loopbackNames(endpoint.port)), tls: undefined };
  }
  const tls = { cert: await readPem(files.cert), key: await readPem(files.key) };
  try {
    return { endpoint, door: guardedDoor(token, certifiedNames(tls.cert, endpoint.port)), tls };
  } catch (cause) {
    throw new PresyncError('BAD_ENDPOINT', `The file ${files.cert} holds no certificate.`, {
      hint: 'Name a file with a certificate in PEM form.',
      cause,
    });
  }
}

/** A file with a fresh token of 256 bits, unless there is one. */
async function makeToken(path: string): Promise<void> {
  try {
    const file = await open(path, 'wx', 0o600);
    try {
      await file.writeFile(`${randomBytes(32).toString('hex')}\n`);
    } finally {
      await file.close();
    }
  } catch (thrown) {
    if (systemErrorCode(thrown) === 'EEXIST') return;
    throw new PresyncError('UNAUTHORIZED', `The token file ${path} cannot be made (${systemErrorCode(thrown)}).`, {
      hint: 'Name a file in a folder of your own with --token-file.',
      cause: thrown,
    });
  }
}

async function readPem(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new PresyncError('BAD_ENDPOINT', `The file ${path} cannot be read (${systemErrorCode(cause)}).`, {
      hint: 'Name the certificate with --tls-cert and its key with --tls-key, both in PEM form.',
      cause,
    });
  }
}
