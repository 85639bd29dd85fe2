import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

const tools = ['/usr/bin/ssh-add', '/usr/bin/ssh-keygen'];

/** Copies OpenSSH's tools of this machine with the libraries that they need, so that `COPY . /` lets a step run them. */
export function copySshTools(root: string): void {
  const libraries = tools.flatMap((tool) =>
    [...execFileSync('ldd', [tool], { encoding: 'utf8' }).matchAll(/(\/\S+) \(0x/g)].map((match) => match[1]!),
  );
  for (const path of new Set([...tools, ...libraries])) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    copyFileSync(path, join(root, path));
  }
  // ssh-keygen wants to know who it is.
  mkdirSync(join(root, 'etc'));
  writeFileSync(join(root, 'etc/passwd'), 'root:x:0:0:root:/:/bin/sh\n');
}

/** A new key below `folder`; returns its path. */
export function makeKey(folder: string, name: string): string {
  const path = join(folder, name);
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', basename(name), '-f', path]);
  return path;
}

/** A real agent with these keys, for the calling test; returns its socket. */
export function startAgent(folder: string, keys: readonly string[]): string {
  const socket = join(folder, `agent-${Math.random().toString(36).slice(2)}`);
  const output = execFileSync('ssh-agent', ['-a', socket], { encoding: 'utf8' });
  const pid = Number(/SSH_AGENT_PID=(\d+)/.exec(output)![1]);
  onTestFinished(() => void process.kill(pid));
  execFileSync('ssh-add', ['-q', ...keys], { env: { ...process.env, SSH_AUTH_SOCK: socket } });
  return socket;
}

/** What `ssh-add -l` says of an agent. */
export function keysOf(socket: string): string {
  return execFileSync('ssh-add', ['-l'], { encoding: 'utf8', env: { ...process.env, SSH_AUTH_SOCK: socket } });
}
