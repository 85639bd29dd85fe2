/** Images and caches at a registry: Debian's docker-registry, with accounts. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { isFull } from '../support/counts.ts';
import type { Engine } from '../support/engines.ts';
import { baseImage, suites, usePrivateEngine } from '../support/engines.ts';
import { expectError } from '../support/expectError.ts';
import { contentOf } from '../support/imageTree.ts';
import { file, makeTree } from '../support/madeTree.ts';
import type { Sandbox } from '../support/presyncCli.ts';
import { finished, useSandbox } from '../support/presyncCli.ts';
import type { Registry } from '../support/registry.ts';
import { account, useRegistry } from '../support/registry.ts';
import { temporaryFolder, temporaryTag } from '../support/temporary.ts';

/** A folder with this Dockerfile. */
function contextOf(dockerfile: string): string {
  const context = join(temporaryFolder(), 'context');
  makeTree(context, [file('Dockerfile', dockerfile)]);
  return context;
}

/** A step whose output tells whether it ran again. */
const random = `FROM ${baseImage}\nRUN cat /proc/sys/kernel/random/uuid > /random\n`;

function logIn(sandbox: Sandbox, registry: Registry, secret: string = account.secret): void {
  const auth = Buffer.from(`${account.name}:${secret}`).toString('base64');
  writeFileSync(
    join(sandbox.env['DOCKER_CONFIG']!, 'config.json'),
    JSON.stringify({ auths: { [registry.host]: { auth } } }),
  );
}

function logOut(sandbox: Sandbox): void {
  writeFileSync(join(sandbox.env['DOCKER_CONFIG']!, 'config.json'), '{}');
}

/** What the step of `random` wrote. */
async function randomOf(engine: Engine, tag: string): Promise<string> {
  return String(await contentOf(engine.api, tag, 'random'));
}

describe.each(suites)('a registry, from %s', (suite) => {
  // Caches are pruned.
  const engine = usePrivateEngine(suite);
  const registry = useRegistry(engine);
  const sandbox = useSandbox(engine.host);

  it('--push pushes every name, as the user who is logged in', async () => {
    logIn(sandbox, registry);
    const names = [`${registry.host}/app:1`, `${registry.host}/app:2`];
    const args = names.flatMap((name) => ['-t', name]);
    const { imageId } = await sandbox.build(contextOf('FROM scratch\nCOPY . /\n'), {}, { args: [...args, '--push'] });
    for (const tag of ['1', '2']) {
      expect(registry.manifest('app', tag)).toMatchObject({ config: { digest: imageId } });
    }
    const other = await sandbox.build(
      contextOf('FROM scratch\nCOPY . /o\n'),
      {},
      {
        args: ['-o', `type=registry,name=${registry.host}/other:1`],
      },
    );
    expect(registry.manifest('other', '1')).toMatchObject({ config: { digest: other.imageId } });
  });

  it('a push that is refused says whom the user is there, and the next build works', async () => {
    const context = contextOf('FROM scratch\nCOPY . /\n');
    const name = `${registry.host}/refused:1`;
    const push = () => sandbox.tryBuild(context, { tag: name }, { args: ['--push'] });
    logOut(sandbox);
    expect(expectError(await push(), 'PUSH_FAILED').hint).toContain('you are not logged in there');
    logIn(sandbox, registry, 'wrong');
    expect(expectError(await push(), 'PUSH_FAILED').hint).toContain(`you are logged in as ${account.name}`);
    expect(registry.manifest('refused', '1')).toBeUndefined();
    expectError(await sandbox.tryBuild(context, {}, { args: ['--push'] }), 'BAD_TAG');
    logIn(sandbox, registry);
    expect((await push()).result).toMatchObject({ ok: true });
  });

  it('nothing is pushed of a build that fails or is cancelled', async () => {
    logIn(sandbox, registry);
    const name = `${registry.host}/never:1`;
    expectError(
      await sandbox.tryBuild(contextOf(`FROM ${baseImage}\nRUN false\n`), { tag: name }, { args: ['--push'] }),
      'BUILD_FAILED',
      3,
    );
    const slow = contextOf(`FROM ${baseImage}\nRUN sleep 30\n`);
    const child = sandbox.spawn(['build', '--push', '-t', name, slow]);
    await sleep(2000);
    child.kill('SIGINT');
    expect((await finished(child, 'a cancelled push')).status).toBe(130);
    expect(registry.manifest('never', '1')).toBeUndefined();
  });

  it('--pull asks the registry, which knows a newer image', async () => {
    logIn(sandbox, registry);
    const [base, old] = [`${registry.host}/base:1`, temporaryTag(engine.api)];
    await registry.put(baseImage, 'base:1');
    await sandbox.build(contextOf(`FROM ${baseImage}\nRUN touch /old\n`), { tag: old });
    await engine.api.call('POST', `/images/${old}/tag?repo=${encodeURIComponent(`${registry.host}/base`)}&tag=1`);
    const context = contextOf(`FROM ${base}\nRUN test -e /old\n`);
    await sandbox.build(context);
    expectError(await sandbox.tryBuild(context, {}, { args: ['--pull'] }), 'BUILD_FAILED', 3);
    await engine.api.removeImage(base);
  });

  it('--cache-to type=inline travels with the image, and --cache-from uses it', async () => {
    logIn(sandbox, registry);
    const name = `${registry.host}/cached:1`;
    const context = contextOf(random);
    await sandbox.build(context, { tag: name }, { args: ['--push', '--cache-to', 'type=inline'] });
    const first = await randomOf(engine, name);
    const again = async (...args: string[]) => {
      await engine.api.removeImage(name);
      await engine.api.pruneBuildCache();
      const tag = temporaryTag(engine.api);
      await sandbox.build(context, { tag }, { args });
      return randomOf(engine, tag);
    };
    expect(await again('--cache-from', name)).toBe(first);
    expect(await again()).not.toBe(first);
  });

  // The engine tries for a minute before it gives up.
  it.runIf(isFull || suite === 'trixie')(
    'a push that is cut is an error in clear words, and the next one goes through',
    async () => {
      logIn(sandbox, registry);
      const name = `${registry.host}/cut:1`;
      // Random bytes, so that the push takes a while.
      const context = contextOf(`FROM ${baseImage}\nRUN /bin/busybox dd if=/dev/urandom of=/large bs=1M count=150\n`);
      const args = ['build', '--json', '--progress', 'plain', '--push', '-t', name, context];
      const child = sandbox.spawn(args);
      let output = '';
      child.stderr!.on('data', (data) => {
        output += String(data);
        if (output.includes('pushing ')) void registry.kill();
      });
      const { stdout, status } = await finished(child, 'a push that is cut');
      expect(JSON.parse(stdout.trim().split('\n').at(-1)!)).toMatchObject({ ok: false, code: 'PUSH_FAILED' });
      expect(status).toBe(1);
      await registry.start();
      expect((await sandbox.tryBuild(context, { tag: name }, { args: ['--push'] })).result).toMatchObject({ ok: true });
      expect(registry.manifest('cut', '1')).toBeDefined();
    },
  );
});

describe('a registry, from the containerd image store', () => {
  const engine = usePrivateEngine('trixie', { features: { 'containerd-snapshotter': true } });
  const registry = useRegistry(engine);
  const sandbox = useSandbox(engine.host);

  it('--cache-to type=registry is written with leave only, and --cache-from uses it', async () => {
    logIn(sandbox, registry);
    const ref = `${registry.host}/cache:1`;
    const context = contextOf(random);
    const build = async (...args: string[]) => {
      const tag = temporaryTag(engine.api);
      const { verified } = await sandbox.build(context, { tag }, { args });
      expect(verified).toBe(true);
      return randomOf(engine, tag);
    };
    const first = await build('--cache-to', `type=registry,ref=${ref},mode=max`);
    expect(registry.manifest('cache', '1')).toBeDefined();
    await engine.api.pruneBuildCache();
    expect(await build('--cache-from', ref)).toBe(first);
    await engine.api.pruneBuildCache();
    expect(await build()).not.toBe(first);
    expectError(
      await sandbox.tryBuild(
        contextOf(`FROM ${baseImage}\nRUN false\n`),
        {},
        { args: ['--cache-to', `type=registry,ref=${registry.host}/failed:1`] },
      ),
      'BUILD_FAILED',
      3,
    );
    expect(registry.manifest('failed', '1')).toBeUndefined();
  });

  it('--push', async () => {
    logIn(sandbox, registry);
    await sandbox.build(contextOf('FROM scratch\nCOPY . /\n'), { tag: `${registry.host}/app:1` }, { args: ['--push'] });
    expect(registry.manifest('app', '1')).toBeDefined();
  });
});
