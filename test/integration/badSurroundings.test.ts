/** Bad surroundings: no engine or an old one, missing rights, places that belong to someone else, a full disk. */
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { useEngine } from '../support/engines.ts';
import { expectError } from '../support/expectError.ts';
import { noise } from '../support/madeContexts.ts';
import { file, makeTree } from '../support/madeTree.ts';
import type { TreeItem } from '../support/madeTree.ts';
import type { RunOptions, Sandbox } from '../support/presyncCli.ts';
import { defaultDist, temporarySandbox } from '../support/presyncCli.ts';
import { temporaryFolder } from '../support/temporary.ts';

const nobody = 65534;

function contextOf(...items: readonly TreeItem[]): string {
  const context = join(temporaryFolder(), 'context');
  makeTree(context, [file('Dockerfile', 'FROM scratch\nCOPY . /src\n'), ...items]);
  return context;
}

describe('no engine', () => {
  it('DOCKER_HOST where nothing listens', async () => {
    const sandbox = temporarySandbox('unix:///nonexistent/docker.sock');
    expectError(await sandbox.tryBuild(contextOf()), 'ENGINE_NOT_FOUND');
  });

  it('a DOCKER_HOST that is no address', async () => {
    expectError(await temporarySandbox('nonsense').tryBuild(contextOf()), 'BAD_ENDPOINT');
  });

  it('none at the usual places', async () => {
    // The machine may have an engine of its own: hide the places where its socket would be.
    const hidden = 'for d in /run /var/run; do mount -t tmpfs none "$(readlink -f $d)"; done; exec "$@"';
    const under = ['unshare', '--mount', 'sh', '-c', hidden, 'sh'];
    expectError(await temporarySandbox('').tryBuild(contextOf(), {}, { under }), 'ENGINE_NOT_FOUND');
  });

  it('an engine that is too old', async () => {
    const socket = join(temporaryFolder(), 'old.sock');
    const version = { Version: '18.09.9', ApiVersion: '1.39', MinAPIVersion: '1.12', Os: 'linux', Arch: 'amd64' };
    const engine = createServer((request, response) => {
      const known = /\/(_ping|version)$/.test(request.url ?? '');
      response.writeHead(known ? 200 : 404, { 'Api-Version': version.ApiVersion });
      response.end(JSON.stringify(known ? version : { message: 'page not found' }));
    });
    await listen(engine, socket);
    expectError(await temporarySandbox(`unix://${socket}`).tryBuild(contextOf()), 'ENGINE_TOO_OLD');
  });
});

describe('rights', () => {
  const engine = useEngine('trixie');

  it('an unreadable file in the context', async () => {
    const context = contextOf(file('secret', 'x', { mode: 0o600 }));
    const { sandbox, unprivileged } = asNobody(context);
    const [program, ...args] = unprivileged.under!;
    const tryReading = ['sh', '-c', 'id -u; cat "$1" 2>/dev/null || echo refused', 'sh', join(context, 'secret')];
    expect(execFileSync(program!, [...args, ...tryReading], { encoding: 'utf8' })).toBe(`${nobody}\nrefused\n`);

    const { message } = expectError(await sandbox.tryBuild(context, {}, unprivileged), 'CONTEXT_UNREADABLE');
    expect(message).toContain('secret');
    // Ignoring it is the way out.
    writeFileSync(join(context, '.dockerignore'), 'secret\n');
    await sandbox.build(context, {}, unprivileged);
  });

  it("a run directory that is someone else's, or open to others", async () => {
    const context = contextOf();
    const sandbox = temporarySandbox(engine.host);
    const run = join(sandbox.env['XDG_RUNTIME_DIR']!, 'presync');
    mkdirSync(run, { mode: 0o700 });
    chownSync(run, nobody, nobody);
    expectError(await sandbox.tryBuild(context), 'DAEMON_FOREIGN');
    chownSync(run, 0, 0);
    chmodSync(run, 0o777);
    expectError(await sandbox.tryBuild(context), 'DAEMON_FOREIGN');
    chmodSync(run, 0o700);
    await sandbox.build(context);
  });

  it("a socket that is someone else's", async () => {
    const context = contextOf();
    const sandbox = temporarySandbox(engine.host);
    await sandbox.build(context);
    const socket = (await sandbox.status()).daemon!.endpoint.replace('unix://', '');
    await sandbox.killDaemon();
    rmSync(socket, { force: true });
    await listen(
      createServer((_, response) => response.end('{}')),
      socket,
    );
    chownSync(socket, nobody, nobody);
    expectError(await sandbox.tryBuild(context), 'DAEMON_FOREIGN');
  });

  /** A sandbox that belongs to nobody, with programs that anybody can read, and how to run them as that user. */
  function asNobody(context: string): { readonly sandbox: Sandbox; readonly unprivileged: RunOptions } {
    const dist = temporaryFolder();
    cpSync(defaultDist, dist, { recursive: true });
    const sandbox = temporarySandbox(engine.host, dist);
    execFileSync('chown', ['-R', `${nobody}:${nobody}`, sandbox.home, dist]);
    for (const folder of [dirname(context), context]) chownSync(folder, nobody, nobody);
    const user = ['--reuid', `${nobody}`, '--regid', `${nobody}`, '--groups', `${statSync(engine.socket).gid}`];
    return { sandbox, unprivileged: { under: ['setpriv', ...user, '--no-new-privs', '--'] } };
  }
});

describe('room', () => {
  const engine = useEngine('trixie');

  it('a full disk: nothing is lost, and with room again the build succeeds', async () => {
    const sandbox = temporarySandbox(engine.host);
    const data = sandbox.env['XDG_DATA_HOME']!;
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m,mode=0700', 'presync-test', data]);
    onTestFinished(async () => {
      await sandbox.killDaemon();
      // A process of several threads may hold its files for a moment after its first thread has ended.
      execFileSync('umount', ['--lazy', data]);
    });
    const context = contextOf(file('small'));
    const { snapshot } = await sandbox.build(context);
    const daemon = sandbox.daemonPids();

    const large = join(context, 'large');
    writeFileSync(large, noise(40_000_000));
    expectError(await sandbox.tryBuild(context), 'DISK_FULL');
    rmSync(large);
    const again = await sandbox.build(context);
    expect([again.snapshot, again.sent.files]).toEqual([snapshot, 0]);

    writeFileSync(large, noise(40_000_000));
    execFileSync('mount', ['-o', 'remount,size=200m', data]);
    await sandbox.build(context);
    expect(sandbox.daemonPids()).toEqual(daemon);
    const { status, stdout, stderr } = await sandbox.run(['verify']);
    expect(status, stdout + stderr).toBe(0);
  });
});

/** Starts a server on a unix socket, for the time of the calling test. */
async function listen(server: Server, socket: string): Promise<void> {
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
}
