/**
 * `presync install`: puts the daemon, which is one file, on another host, into a folder of the user's there. It needs
 * Node.js and nothing else.
 */
import { spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { cancelled, PresyncError, systemErrorCode } from '../base/errors.ts';
import { lastLine, sshArguments } from '../base/ssh.ts';
import { parseDaemonEndpoint } from '../transfer/daemonEndpoint.ts';
import type { SshEndpoint } from '../transfer/daemonEndpoint.ts';
import { drainDaemon } from '../transfer/http.ts';
import { installedProgram } from '../transfer/sshChannel.ts';
import type { DaemonOptions } from './daemonLauncher.ts';
import { programVersion } from './programVersion.ts';

/** The exit code of the script below where there is no Node.js that would do. */
const noNode = 78;

/**
 * Copies the daemon to `host`, an `ssh://` address. A daemon that runs there makes way, so that the next client starts this
 * one. Returns what to tell the user. BAD_ENDPOINT, UNAUTHORIZED, LINK_LOST, DAEMON_START.
 */
export async function installDaemon(host: string, { script }: DaemonOptions, signal: AbortSignal): Promise<string> {
  const endpoint = sshHost(host);
  await copy(endpoint, script, signal);
  await drainDaemon(endpoint).catch((thrown: unknown) => {
    // None runs, most of the time.
    if (PresyncError.from(thrown).code !== 'DAEMON_NOT_FOUND') throw thrown;
  });
  return `Presync ${programVersion} is on ${endpoint.destination}. Build there with --daemon ${endpoint.label}`;
}

/** Where `host` says that the daemon goes. BAD_ENDPOINT. */
export function sshHost(host: string): SshEndpoint {
  const endpoint = host.startsWith('ssh://') ? parseDaemonEndpoint(host) : undefined;
  if (endpoint?.kind === 'ssh') return endpoint;
  throw new PresyncError('BAD_ENDPOINT', `"${host}" is no host that ssh can reach.`, {
    hint: 'Write ssh://user@host.',
  });
}

function copy(endpoint: SshEndpoint, script: string, signal: AbortSignal): Promise<void> {
  const command = `sh -c '${receiver(programVersion)}'`;
  const child = spawn('ssh', ['-C', ...sshArguments(endpoint), command], { stdio: ['pipe', 'inherit', 'pipe'] });
  let words = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (words += text));
  const stop = () => child.kill();
  signal.addEventListener('abort', stop, { once: true });
  return new Promise<void>((resolve, reject) => {
    child.once('error', (cause) => reject(failed(endpoint, systemErrorCode(cause) ?? '', cause)));
    child.once('close', (code) => {
      if (code === 0) resolve();
      else if (signal.aborted) reject(cancelled());
      else reject(code === noNode ? withoutNode(endpoint) : failed(endpoint, lastLine(words)));
    });
    child.stdin.on('error', () => {}); // ssh that ends early tells why itself
    createReadStream(script).on('error', reject).pipe(child.stdin);
  }).finally(() => signal.removeEventListener('abort', stop));
}

/**
 * What the other end runs, with the program on its standard input. A Node.js that only login shells know is found as well,
 * and named by its path, since what ssh runs is no login shell. Without single quotes.
 */
function receiver(version: string): string {
  const folder = installedProgram.replace(/\/[^/]+$/, '');
  const program = `${folder}/${version}/daemon.js`;
  return [
    'set -e; umask 077',
    `node=$(command -v node) || node=$("$SHELL" -lc "command -v node") || exit ${noNode}`,
    `"$node" -e "const [a, b] = process.versions.node.split(\\".\\"); process.exit(a > 20 || (a == 20 && b >= 18) ? 0 : ${noNode})"`,
    `mkdir -p "${folder}/${version}"`,
    `cat > "${program}.new"; mv "${program}.new" "${program}"`,
    `printf "%s\\n" "#!/bin/sh" "# Presync, put here by presync install." "if [ \\"\\$1\\" = daemon ]; then shift; fi" "exec \\"$node\\" \\"${program}\\" \\"\\$@\\"" > "${installedProgram}.new"`,
    `chmod 755 "${installedProgram}.new"; mv "${installedProgram}.new" "${installedProgram}"`,
  ].join('; ');
}

function withoutNode({ destination }: SshEndpoint): PresyncError {
  return new PresyncError('DAEMON_START', `There is no Node.js 20.18 or newer on ${destination}.`, {
    hint: 'Install it there (https://nodejs.org), or use the engine there with --builder ssh://, which needs nothing.',
  });
}

function failed({ destination }: SshEndpoint, words: string, cause?: unknown): PresyncError {
  return new PresyncError('LINK_LOST', `The daemon could not be put on ${destination}${words && `: ${words}`}`, {
    hint: `Try "ssh ${destination}" in a terminal until it works without a question.`,
    cause,
  });
}
