/**
 * A way to a daemon through the system's ssh, with the user's own configuration, keys and agent: `presync daemon --stdio`
 * on the other end starts or finds the user's daemon there and passes bytes to and fro.
 */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import type { Duplex } from 'node:stream';
import { PresyncError, systemErrorCode } from '../base/errors.ts';
import { JoinedStream } from '../base/joinedStream.ts';
import { isRefusedLogin, lastLine, sshArguments, sshFailed } from '../base/ssh.ts';
import type { SshEndpoint } from './daemonEndpoint.ts';

/** What the other end's shell says for a command that it does not find. */
const notFound = 127;
/** That of `presync daemon --stdio --no-start` where no daemon runs. */
const noDaemon = 3;
/** Where `presync install` puts the program, for the other end's shell. It goes before any other of that name. */
export const installedProgram = '$HOME/.local/share/presync/bin/presync';

/** Milliseconds. */
const endWait = 2000;

/** The last of what was written to standard error is enough to say what went wrong. */
const keptError = 2000;

export interface SshChannel {
  readonly stream: Duplex;
  /** Why the other end is gone, once it is. */
  failure(): Promise<PresyncError>;
}

/** @param start a daemon there when none runs */
export function openSshChannel(endpoint: SshEndpoint, start: boolean): SshChannel {
  const child = spawn('ssh', [...sshArguments(endpoint), remoteCommand(endpoint, start)], {
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const stream = new JoinedStream(child.stdout, child.stdin);
  // With its input closed it ends by itself, and with the code that says why; one that does not is ended.
  stream.once('close', () => setTimeout(() => child.kill(), endWait).unref());
  const ended = whenEnded(child);
  return { stream, failure: async () => explain(endpoint, await ended) };
}

/** What the other end's shell runs, whichever it is. */
function remoteCommand({ program }: SshEndpoint, start: boolean): string {
  const find =
    program === undefined
      ? `p=${installedProgram}; [ -x "$p" ] || p=$(command -v presync) || exit ${notFound}`
      : `p=${program}; [ -x "$p" ] || exit ${notFound}`;
  return `sh -c '${find}; exec "$p" daemon --stdio${start ? '' : ' --no-start'}'`;
}

interface Ended {
  /** Undefined when ssh could not be started, or was ended by a signal. */
  readonly code: number | undefined;
  readonly words: string;
  readonly cause?: unknown;
}

function whenEnded(child: ChildProcess): Promise<Ended> {
  let words = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (words = (words + text).slice(-keptError)));
  return new Promise((resolve) => {
    child.once('error', (cause) => resolve({ code: undefined, words, cause }));
    child.once('close', (code) => resolve({ code: code ?? undefined, words }));
  });
}

function explain(endpoint: SshEndpoint, { code, words, cause }: Ended): PresyncError {
  const { destination, program, label } = endpoint;
  const said = lastLine(words);
  if (cause !== undefined) {
    return new PresyncError('LINK_LOST', `ssh could not be started (${systemErrorCode(cause)}).`, {
      hint: 'Install an OpenSSH client, or use wss://.',
      cause,
    });
  }
  if (code === noDaemon) return new PresyncError('DAEMON_NOT_FOUND', `No daemon runs on ${destination}.`);
  if (code === notFound) {
    const what = program ?? 'presync';
    return new PresyncError('DAEMON_NOT_FOUND', `There is no ${what} on ${destination}.`, {
      hint: `Put it there with "presync install ${label}".`,
    });
  }
  if (code === sshFailed && isRefusedLogin(words)) {
    return new PresyncError('UNAUTHORIZED', `ssh may not log in to ${destination}: ${said}`, {
      hint: `Try "ssh ${destination}" in a terminal until it works without a question.`,
    });
  }
  const what = code === sshFailed ? 'cannot be reached by ssh' : 'has ended';
  return new PresyncError('LINK_LOST', `The daemon on ${destination} ${what}${said === '' ? '.' : `: ${said}`}`, {
    hint: `Try "ssh ${destination}" in a terminal.`,
  });
}
