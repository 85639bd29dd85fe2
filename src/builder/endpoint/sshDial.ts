/**
 * A Docker engine on a host that has nothing of ours, reached as the docker CLI does: `docker system dial-stdio` over the
 * system's ssh connects standard input and output with the engine there.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { PassThrough } from 'node:stream';
import { cancelled, PresyncError, systemErrorCode } from '../../base/errors.ts';
import { JoinedStream } from '../../base/joinedStream.ts';
import { isRefusedLogin, lastLine, sshArguments, sshFailed } from '../../base/ssh.ts';
import { builderLimits } from '../limits.ts';
import type { SshEndpoint } from './engineEndpoint.ts';

/**
 * A connection by an ssh of its own. Whether the engine answers shows when it is spoken to: when it never says anything,
 * the connection ends with the reason.
 *
 * @throws ENGINE_UNREACHABLE when ssh cannot be started, CANCELLED
 */
export async function dialSsh(endpoint: SshEndpoint, signal: AbortSignal | undefined): Promise<Duplex> {
  const child = spawn('ssh', [...sshArguments(endpoint), remoteCommand(endpoint)], {
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  let words = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-builderLimits.messageChars);
  });
  // Both ends are kept apart from the stream: they may break before ssh's code is there, which tells why.
  const said = child.stdout.pipe(new PassThrough(), { end: false });
  const asked = new PassThrough();
  asked.pipe(child.stdin).on('error', () => {});
  let hasSpoken = false;
  child.stdout.once('data', () => (hasSpoken = true));
  const stream = new JoinedStream(said, asked);
  stream.on('error', () => {}); // whoever uses it then is told as well; before, nobody is there to be told
  stream.once('close', () => {
    child.stdin.end();
    setTimeout(() => child.kill(), builderLimits.sshEndMs).unref();
  });
  child.once('close', (code) => (hasSpoken ? said.end() : stream.destroy(explain(endpoint, code, words))));
  try {
    await once(child, 'spawn', { signal });
  } catch (cause) {
    stream.destroy();
    if (signal?.aborted) throw cancelled(signal.reason);
    throw new PresyncError('ENGINE_UNREACHABLE', `ssh could not be started (${systemErrorCode(cause)}).`, {
      hint: 'Install an OpenSSH client.',
      cause,
    });
  }
  return stream;
}

function remoteCommand({ socket }: SshEndpoint): string {
  const host = socket === undefined ? '' : `--host unix://${socket} `;
  return `docker ${host}system dial-stdio`;
}

/** The other end's shell's code for a command that it does not find. */
const notFound = 127;

function explain({ destination, label }: SshEndpoint, code: number | null, words: string): PresyncError {
  const said = lastLine(words);
  const login = `Try "ssh ${destination}" in a terminal until it works without a question.`;
  const fail = (what: string, hint: string) =>
    new PresyncError('ENGINE_UNREACHABLE', `The Docker engine at ${label} ${what}${said && `: ${said}`}`, { hint });
  if (code === notFound || /docker.*(not found|not recognized)/i.test(said)) {
    return new PresyncError('ENGINE_NOT_FOUND', `There is no docker on ${destination}.`, {
      hint: 'Install Docker there (https://docs.docker.com/get-docker/), or put its CLI on the PATH of ssh commands.',
    });
  }
  if (code === sshFailed) {
    if (/host key verification/i.test(words)) {
      return fail('is on a host whose key is not known', `Log in with "ssh ${destination}" once, and check the key.`);
    }
    return isRefusedLogin(words) ? fail('cannot be logged in to', login) : fail('cannot be reached', login);
  }
  if (/permission denied/i.test(words)) {
    return fail(
      'may not be used by that user',
      'Have that user join the docker group there (`sudo usermod -aG docker USER`).',
    );
  }
  return fail('does not answer', `Is the Docker daemon running there? Try "ssh ${destination} docker info".`);
}
