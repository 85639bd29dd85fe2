import type { ChildProcess } from 'node:child_process';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { killProcess } from './processes.ts';

const repository = join(import.meta.dirname, '../..');

export interface SshHostOptions {
  /** A folder of the test's own. */
  readonly folder: string;
  readonly address: string;
  /** The command that runs another one on that host; empty for this host itself. */
  readonly under?: readonly string[];
  /** The environment that logins get. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * A real sshd that takes logins of root by a key of the test's own, whose home there is a folder of the test's own. A client
 * reaches it by the `ssh` in `bin`, the system's own with a configuration for this host alone.
 */
export class SshHost {
  readonly #options: SshHostOptions;
  readonly #port = 20_022;
  #server: ChildProcess | undefined;

  constructor(options: SshHostOptions) {
    this.#options = options;
  }

  /** For DAEMON and BUILDER. */
  get url(): string {
    return `ssh://root@${this.#options.address}:${this.#port}`;
  }

  /** The home of whoever logs in. */
  get home(): string {
    return join(this.#options.folder, 'home');
  }

  /** To be put before the others in PATH. */
  get bin(): string {
    return join(this.#options.folder, 'bin');
  }

  async start(): Promise<this> {
    install();
    const { folder, address, env = {} } = this.#options;
    for (const name of ['home', 'bin']) mkdirSync(join(folder, name), { recursive: true, mode: 0o700 });
    for (const key of ['host', 'client']) {
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, key)]);
    }
    writeFileSync(join(folder, 'authorized'), readFileSync(join(folder, 'client.pub')), { mode: 0o600 });
    writeFileSync(
      join(folder, 'sshd_config'),
      [
        `Port ${this.#port}`,
        `ListenAddress ${address}`,
        `HostKey ${join(folder, 'host')}`,
        `AuthorizedKeysFile ${join(folder, 'authorized')}`,
        'PidFile none',
        'UsePAM no',
        'PasswordAuthentication no',
        'PermitRootLogin prohibit-password',
        'StrictModes no',
        'MaxStartups 100',
        ...(Object.keys(env).length === 0 ? [] : [`SetEnv ${quoted(env)}`]),
      ].join('\n') + '\n',
    );
    const hostKey = readFileSync(join(folder, 'host.pub'), 'utf8').split(' ').slice(0, 2).join(' ');
    writeFileSync(join(folder, 'known_hosts'), `[${address}]:${this.#port} ${hostKey}\n`);
    writeFileSync(
      join(folder, 'ssh_config'),
      [
        'Host *',
        `  IdentityFile ${join(folder, 'client')}`,
        '  IdentitiesOnly yes',
        `  UserKnownHostsFile ${join(folder, 'known_hosts')}`,
        '  StrictHostKeyChecking yes',
      ].join('\n') + '\n',
    );
    writeFileSync(join(this.bin, 'ssh'), `#!/bin/sh\nexec /usr/bin/ssh -F '${join(folder, 'ssh_config')}' "$@"\n`, {
      mode: 0o755,
    });
    await this.#listen();
    return this;
  }

  /** Takes the key away that logins need, or gives it back. */
  allowLogins(allowed: boolean): void {
    const { folder } = this.#options;
    writeFileSync(join(folder, 'authorized'), allowed ? readFileSync(join(folder, 'client.pub')) : '');
  }

  /** Makes the host a stranger, or known again. */
  isKnown(known: boolean): void {
    const [from, to] = known ? ['stranger', 'known_hosts'] : ['known_hosts', 'stranger'];
    renameSync(join(this.#options.folder, from), join(this.#options.folder, to));
  }

  /** Ends every login there is. */
  async cutConnections(): Promise<void> {
    const pid = this.#server!.pid!;
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').match(/\d+/g) ?? [];
    await Promise.all(children.map((child) => killProcess(Number(child))));
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    const ended = once(server, 'exit');
    server.kill();
    await ended;
    rmSync(this.#options.folder, { recursive: true, force: true });
  }

  /** In a mount namespace of its own, where the home of root is another. */
  async #listen(): Promise<void> {
    const { folder, address, under = [] } = this.#options;
    mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
    const script = `mount --bind '${this.home}' /root && exec /usr/sbin/sshd -D -e -f '${join(folder, 'sshd_config')}'`;
    const [command, ...args] = [...under, 'unshare', '--mount', '--propagation', 'private', 'sh', '-c', script];
    const server = spawn(command!, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let words = '';
    server.stderr.on('data', (data) => (words += String(data)));
    this.#server = server;
    for (const end = Date.now() + 20_000; !(await answers(address, this.#port)); await sleep(50)) {
      if (server.exitCode !== null || Date.now() > end) throw new Error(`sshd did not start\n${words}`);
    }
  }
}

function quoted(env: Readonly<Record<string, string>>): string {
  return Object.entries(env)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ');
}

/** Once, and without starting the system's own sshd. */
function install(): void {
  if (existsSync('/usr/sbin/sshd')) return;
  const script = 'source scripts/lib/apt.sh; apt_install_idle openssh-server openssh-client iproute2';
  execFileSync('bash', ['-c', script], { cwd: repository, stdio: 'inherit' });
}

function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => socket.destroy());
    socket.once('connect', () => socket.destroy());
  });
}
