/** The engine that the demo uses, and a stock docker CLI for it. */
import { existsSync } from 'node:fs';
import { request } from 'node:http';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from './command.mjs';

/**
 * `{ host, cli, name, stop }`: the value for DOCKER_HOST, the CLI's path, words for people, and how to end what was
 * started. Throws when there is no engine and none can be started.
 */
export async function findEngine(scratch) {
  const found = await firstThatAnswers();
  if (found !== undefined) {
    const cli = await stockCli(found.host);
    return { ...found, cli, name: await describe(found, cli), stop: async () => {} };
  }
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    throw new Error('No Docker Engine was found. Start one, set DOCKER_HOST, or run this as root on Debian or Ubuntu.');
  }
  console.log('No engine here: starting one from docker.io (apt), for this demo only.');
  const dir = join(scratch, 'engine');
  const { status, output } = await runCommand('scripts/engine', ['start', 'host', dir], { quiet: true });
  if (status !== 0) throw new Error(output);
  const own = { host: `unix://${join(dir, 'docker.sock')}`, from: 'its own dockerd' };
  const cli = join(dir, 'docker');
  const stop = () => runCommand('scripts/engine', ['stop', dir], { quiet: true });
  return { ...own, cli, name: await describe(own, cli), stop };
}

/** The places where a user's engine may be, in the order in which docker looks. */
async function firstThatAnswers() {
  const candidates = [
    { host: process.env.DOCKER_HOST, from: 'DOCKER_HOST' },
    { host: await contextHost(), from: 'the docker context' },
    { host: 'unix:///var/run/docker.sock', from: 'its usual socket' },
    { host: `unix://${process.env.XDG_RUNTIME_DIR ?? '/nonexistent'}/docker.sock`, from: 'its rootless socket' },
    { host: `unix://${homedir()}/.docker/run/docker.sock`, from: 'its desktop socket' },
  ];
  for (const candidate of candidates) {
    if (candidate.host && (await answers(candidate.host))) return candidate;
  }
  return undefined;
}

async function contextHost() {
  const format = '{{.Endpoints.docker.Host}}';
  const { status, output } = await runCommand('docker', ['context', 'inspect', '--format', format], { quiet: true });
  return status === 0 ? output.trim() : undefined;
}

/** A unix socket is asked; another address was chosen by the user and is taken as it is. */
function answers(host) {
  if (!host.startsWith('unix://')) return Promise.resolve(true);
  return new Promise((resolve) => {
    const ping = request({ socketPath: host.slice('unix://'.length), path: '/_ping', timeout: 5000 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    ping.on('timeout', () => ping.destroy());
    ping.on('error', () => resolve(false));
    ping.end();
  });
}

/** A docker CLI that builds with BuildKit (20.10 itself, later ones through buildx), or undefined. */
async function stockCli(host) {
  for (const cli of ['docker', '/usr/bin/docker']) {
    if (await canBuild(cli, host)) return cli;
  }
  if (process.getuid?.() !== 0) return undefined;
  await runCommand('bash', ['-c', 'source scripts/lib/apt.sh && install_docker'], { quiet: true });
  return (await canBuild('/usr/bin/docker', host)) ? '/usr/bin/docker' : undefined;
}

async function canBuild(cli, host) {
  const env = { DOCKER_HOST: host, DOCKER_BUILDKIT: '1' };
  const version = await runCommand(cli, ['version', '--format', '{{.Client.Version}}'], { quiet: true, env });
  if (version.status !== 0) return false;
  const buildx = await runCommand(cli, ['buildx', 'version'], { quiet: true, env });
  return buildx.status === 0 || version.output.startsWith('20.10.');
}

async function describe({ host, from }, cli) {
  if (cli === undefined) return `Docker at ${host} (${from})`;
  const { output } = await runCommand(cli, ['version', '--format', '{{.Server.Version}}'], {
    quiet: true,
    env: { DOCKER_HOST: host },
  });
  return `Docker ${output.trim()} (${from})`;
}
