/** What opens a daemon's door: its token, and whom to believe that it is that daemon. */
import { constants } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { PresyncError, systemErrorCode } from '../base/errors.ts';

/** Files, so that neither an argument nor an environment nor an address holds a secret. */
export interface DaemonAccess {
  /** Holds the token, for its owner alone. */
  readonly tokenFile: string;
  /** Certificates (PEM) to trust beside the system's own; undefined for none. */
  readonly caFile: string | undefined;
}

/** 128 bits as hex, at least: what is shorter could be guessed. */
const shortestToken = 32;

/**
 * The token in a file. UNAUTHORIZED when there is none, when it is too short to be one, or when others than its owner may
 * read it.
 */
export async function readToken(path: string): Promise<string> {
  let text: string;
  try {
    text = await readPrivate(path);
  } catch (thrown) {
    if (thrown instanceof PresyncError) throw thrown;
    throw new PresyncError('UNAUTHORIZED', `The token file ${path} cannot be read (${systemErrorCode(thrown)}).`, {
      hint: 'Copy the token of that daemon there, readable by you alone, or name another file with --token-file.',
      cause: thrown,
    });
  }
  if (/^[\x21-\x7e]+$/.test(text) && text.length >= shortestToken) return text;
  throw new PresyncError('UNAUTHORIZED', `The file ${path} holds no token.`, {
    hint: `A token is ${shortestToken} characters or more, without spaces, such as "presync daemon" makes.`,
  });
}

/** The certificates in a file. BAD_ENDPOINT when it cannot be read. */
export async function readCertificates(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new PresyncError('BAD_ENDPOINT', `The certificate file ${path} cannot be read (${systemErrorCode(cause)}).`, {
      hint: 'Name a file with certificates in PEM form.',
      cause,
    });
  }
}

/** Without following a link in its place, and only where nobody else may read it. */
async function readPrivate(path: string): Promise<string> {
  const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  try {
    const { uid, mode, size } = await file.stat();
    const me = process.getuid?.();
    if (me !== undefined && ((uid !== me && uid !== 0) || (mode & 0o077) !== 0)) {
      throw new PresyncError('UNAUTHORIZED', `The token file ${path} can be read by others.`, {
        hint: `Make it yours alone: chmod 600 ${path}`,
      });
    }
    return size > 4096 ? '' : (await file.readFile('latin1')).trim();
  } finally {
    await file.close();
  }
}
