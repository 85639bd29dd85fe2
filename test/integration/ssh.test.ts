/** A daemon on another host, reached by ssh: installed there, started there, built on there. */
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { daemonPids } from '../support/daemons.ts';
import { useEngine } from '../support/engines.ts';
import { lastJson, Sandbox } from '../support/presyncCli.ts';
import { Netns } from '../support/netns.ts';
import { killProcess } from '../support/processes.ts';
import { SshHost } from '../support/sshHost.ts';
import { temporaryFolder, temporaryTag } from '../support/temporary.ts';

/** This host by its loopback, and another host, which has another network. */
const hosts = {
  'by loopback': () => ({ address: '127.0.0.1', under: [], remove: () => {} }),
  'on another host': () => {
    const netns = new Netns().create();
    return { address: netns.far, under: netns.run, remove: () => netns.remove() };
  },
} as const;

describe.each(Object.entries(hosts))('a daemon %s', (_where, makeHost) => {
  const engine = useEngine('trixie');
  let folder: string;
  let host: SshHost;
  let place: ReturnType<typeof makeHost>;
  let sandbox: Sandbox;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'presync-ssh-'));
    place = makeHost();
    host = await new SshHost({
      folder: join(folder, 'host'),
      address: place.address,
      under: place.under,
      env: { DOCKER_HOST: engine.host, XDG_RUNTIME_DIR: join(folder, 'run') },
    }).start();
    mkdirSync(join(folder, 'run'), { mode: 0o700 });
    // No engine of this side's own: whatever is built is built there.
    sandbox = new Sandbox('unix:///nowhere/docker.sock').create();
  });

  afterAll(async () => {
    await sandbox.dispose();
    await Promise.all(daemonPids(join(folder, 'run')).map(killProcess));
    await host.stop();
    place.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  const env = () => ({ PATH: `${host.bin}:${process.env['PATH']}` });
  const presync = (...args: string[]) => sandbox.run(args, { env: env() });
  const build = (context: string, ...args: string[]) =>
    presync('build', '--json', '--daemon', host.url, ...args, context);

  function context(): string {
    const root = temporaryFolder();
    writeFileSync(join(root, 'Dockerfile'), 'FROM scratch\nCOPY hello /hello\n');
    writeFileSync(join(root, 'hello'), 'hello');
    return root;
  }

  it('is missed with a word on how to get it there', async () => {
    const run = await build(context());
    expect(run.status).toBe(1);
    expect(lastJson(run)).toMatchObject({ ok: false, code: 'DAEMON_NOT_FOUND' });
    expect((lastJson(run) as { hint: string }).hint).toContain(`presync install ${host.url}`);
  });

  it('is told to be out of reach where ssh finds no host', async () => {
    const run = await presync('status', '--json', '--daemon', 'ssh://127.0.0.1:1');
    expect(run.status).toBe(1);
    const { code, message } = lastJson(run) as { code: string; message: string };
    expect(code).toBe('LINK_LOST');
    expect(message).toMatch(/^The daemon on 127\.0\.0\.1 cannot be reached by ssh: connect to host/);
  });

  it('is put there by install', async () => {
    const run = await presync('install', host.url);
    expect(run).toMatchObject({ status: 0, stderr: '' });
    expect(existsSync(join(host.home, '.local/share/presync/bin/presync'))).toBe(true);
  });

  it('is not started by status', async () => {
    const run = await presync('status', '--json', '--daemon', host.url);
    expect(lastJson(run)).toMatchObject({ daemon: null });
  });

  it('is started by the first build, builds there, and is found by the next', async () => {
    const root = context();
    const tag = temporaryTag(engine.api);
    const first = lastJson(await build(root, '-t', tag)) as { ok: boolean; imageId: string };
    expect(first).toMatchObject({ ok: true, sent: { files: 1 } });
    expect(await engine.api.imageId(tag)).toBe(first.imageId);
    const status = () => presync('status', '--json', '--daemon', host.url).then((run) => lastJson(run));
    const { daemon } = (await status()) as { daemon: { pid: number } };
    appendFileSync(join(root, 'hello'), ', world');
    const second = lastJson(await build(root));
    expect(second).toMatchObject({ ok: true, sent: { files: 1 }, builder: { files: 1 } });
    expect((await status()) as object).toMatchObject({ daemon: { pid: daemon.pid } });
  });

  it('can be named by its path', async () => {
    symlinkSync(join(host.home, '.local/share/presync/bin/presync'), join(folder, 'elsewhere'));
    const run = await presync('status', '--json', '--daemon', `${host.url}${join(folder, 'elsewhere')}`);
    expect(lastJson(run)).toMatchObject({ daemon: { pid: expect.any(Number) } });
    const wrong = await presync('status', '--json', '--daemon', `${host.url}/no/such/presync`);
    expect(lastJson(wrong)).toMatchObject({ daemon: null });
  });

  it('that ssh may not log in to is told apart from one that is not there', async () => {
    host.allowLogins(false);
    const refused = lastJson(await build(context()));
    host.allowLogins(true);
    expect(refused).toMatchObject({ ok: false, code: 'UNAUTHORIZED' });
    const absent = await presync('build', '--json', '--daemon', 'ssh://root@127.0.0.1:1', context());
    expect(lastJson(absent)).toMatchObject({ ok: false, code: 'LINK_LOST' });
  });

  it('keeps a watched context in sync, and comes back by itself when its connection was cut', async () => {
    const root = context();
    const watch = sandbox.spawn(['watch', '--daemon', host.url, root], { env: env() });
    const inSync = async () => {
      const status = lastJson(await presync('status', '--json', '--daemon', host.url));
      const { contexts } = status as { contexts: { path: string; inSync: boolean; files: number }[] };
      return contexts.find(({ path }) => path === root)?.inSync === true;
    };
    await sandbox.waitFor('the context to be in sync', inSync);
    await host.cutConnections();
    await sandbox.waitFor('the context to be in sync again', inSync);
    writeFileSync(join(root, 'hello'), 'changed');
    const built = lastJson(await build(root));
    expect(built).toMatchObject({ ok: true, builder: { diffCopies: expect.any(Number) } });
    watch.kill('SIGINT');
  });
});
