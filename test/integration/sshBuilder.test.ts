/** An engine on another host that has nothing of ours: the daemon stays here and reaches it by ssh. */
import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { suites, useEngine } from '../support/engines.ts';
import { lastJson, Sandbox } from '../support/presyncCli.ts';
import { SshHost } from '../support/sshHost.ts';
import { temporaryFolder, temporaryTag } from '../support/temporary.ts';

describe.each(suites)('an engine by ssh, on %s', (suite) => {
  const engine = useEngine(suite);
  let folder: string;
  let host: SshHost;
  let sandbox: Sandbox;
  /** On the other host's PATH. */
  let far: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'presync-ssh-'));
    far = join(folder, 'far');
    mkdirSync(far);
    symlinkSync(engine.cli, join(far, 'docker'));
    // This machine may have a docker of its own.
    const env = { PATH: far };
    host = await new SshHost({ folder: join(folder, 'host'), address: '127.0.0.1', env }).start();
    sandbox = new Sandbox('unix:///nowhere/docker.sock').create();
  });

  afterAll(async () => {
    await sandbox.dispose();
    await host.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const env = () => ({ PATH: `${host.bin}:${process.env['PATH']}`, DOCKER_CONFIG: join(folder, 'config') });
  const presync = (...args: string[]) => sandbox.run(args, { env: env() });

  function context(): string {
    const root = temporaryFolder();
    writeFileSync(join(root, 'Dockerfile'), 'FROM scratch\nCOPY hello /hello\n');
    writeFileSync(join(root, 'hello'), 'hello');
    return root;
  }

  it('builds, and primes in the background what is saved', async () => {
    const root = context();
    const tag = temporaryTag(engine.api);
    const build = async () => lastJson(await presync('build', '--json', '--builder', host.url, '-t', tag, root));
    const first = (await build()) as { imageId: string };
    expect(first).toMatchObject({ ok: true });
    expect(await engine.api.imageId(tag)).toBe(first.imageId);
    const watch = sandbox.spawn(['watch', '--builder', host.url, root], { env: env() });
    await sandbox.waitFor(
      'the context to be in sync',
      async () => (await sandbox.status()).contexts[0]?.inSync === true,
    );
    appendFileSync(join(root, 'hello'), ', world');
    const second = (await build()) as { imageId: string };
    expect(second).toMatchObject({ ok: true, verified: true });
    expect(second.imageId).not.toBe(first.imageId);
    expect(await build()).toMatchObject({ ok: true, builder: { diffCopies: 0 }, imageId: second.imageId });
    watch.kill('SIGINT');
  });

  it('comes back by itself when its connections were cut', async () => {
    const root = context();
    const build = async () => lastJson(await presync('build', '--json', '--builder', host.url, root));
    expect(await build()).toMatchObject({ ok: true });
    await host.cutConnections();
    await sandbox.waitFor('a build after the cut', async () => ((await build()) as { ok: boolean }).ok);
  });

  it('can be that of a docker context, and named by its socket', async () => {
    const meta = join(folder, 'config/contexts/meta', createHash('sha256').update('far').digest('hex'));
    mkdirSync(meta, { recursive: true });
    writeFileSync(join(meta, 'meta.json'), JSON.stringify({ Name: 'far', Endpoints: { docker: { Host: host.url } } }));
    const builders = ['docker-context://far', `${host.url}${engine.socket}`];
    for (const builder of builders) {
      const built = lastJson(await presync('build', '--json', '--builder', builder, context()));
      expect(built).toMatchObject({ ok: true });
    }
  });

  /** Of a daemon of its own: one that is connected needs no login. */
  async function refused(builder = host.url): Promise<{ code: string; message: string; hint: string }> {
    const other = new Sandbox('unix:///nowhere/docker.sock').create();
    try {
      const run = await other.run(['build', '--json', '--builder', builder, context()], { env: env() });
      return lastJson(run) as { code: string; message: string; hint: string };
    } finally {
      await other.dispose();
    }
  }

  it('is told apart by what keeps it from answering', async () => {
    host.allowLogins(false);
    const login = await refused();
    host.allowLogins(true);
    host.isKnown(false);
    const key = await refused();
    host.isKnown(true);
    rmSync(join(far, 'docker'));
    const docker = await refused();
    symlinkSync(engine.cli, join(far, 'docker'));
    const stopped = await refused(`${host.url}/nowhere/docker.sock`);
    const absent = await refused('ssh://root@127.0.0.1:1');
    expect([login, key, docker, stopped, absent].map(({ code, message }) => `${code} ${message}`)).toEqual([
      expect.stringMatching(/^ENGINE_UNREACHABLE .*cannot be logged in to/),
      expect.stringMatching(/^ENGINE_UNREACHABLE .*key is not known/),
      expect.stringMatching(/^ENGINE_NOT_FOUND There is no docker on root@127.0.0.1/),
      expect.stringMatching(/^ENGINE_UNREACHABLE .*does not answer/),
      expect.stringMatching(/^ENGINE_UNREACHABLE .*cannot be reached/),
    ]);
    expect([login, key, docker, stopped, absent].map(({ hint }) => hint)).toEqual([
      expect.stringContaining('Try "ssh root@127.0.0.1"'),
      expect.stringContaining('check the key'),
      expect.stringContaining('Install Docker there'),
      expect.stringContaining('docker info'),
      expect.stringContaining('Try "ssh'),
    ]);
  });
});
