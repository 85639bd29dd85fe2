/** The flags of `presync build` that say how a build runs and what is said about its result. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fromText } from '../../src/base/bytes.ts';
import { baseImage, suites, useEngine } from '../support/engines.ts';
import { expectError } from '../support/expectError.ts';
import { contentOf, imageTree } from '../support/imageTree.ts';
import { file, makeTree } from '../support/madeTree.ts';
import { useSandbox } from '../support/presyncCli.ts';
import { temporaryFolder, temporaryTag } from '../support/temporary.ts';

/** A folder with this Dockerfile. */
function contextOf(dockerfile: string): string {
  const context = join(temporaryFolder(), 'context');
  makeTree(context, [file('Dockerfile', dockerfile)]);
  return context;
}

/** What of an image the tests look at. */
interface Inspected {
  readonly Architecture: string;
  readonly Variant: string;
  readonly Config: { readonly Labels: Record<string, string> | null };
}

describe.each(suites)('flags on %s', (suite) => {
  const engine = useEngine(suite);
  const sandbox = useSandbox(engine.host);
  const isOld = suite === 'bookworm';

  /** Builds to a tag that goes with the test. */
  async function build(dockerfile: string, ...args: string[]): Promise<string> {
    const tag = temporaryTag(engine.api);
    await sandbox.build(contextOf(dockerfile), { tag }, { args });
    return tag;
  }

  const attempt = (dockerfile: string, ...args: string[]) => sandbox.tryBuild(contextOf(dockerfile), {}, { args });

  const inspect = async (tag: string): Promise<Inspected> =>
    JSON.parse(String(await engine.api.call('GET', `/images/${tag}/json`))) as Inspected;

  /** What a RUN step saw. */
  async function seen(step: string, ...args: string[]): Promise<string> {
    const tag = await build(`FROM ${baseImage}\nRUN ${step} > /seen\n`, ...args);
    return String(await contentOf(engine.api, tag, 'seen'));
  }

  /** Whether a later build ran a step again, by what the step wrote. */
  async function runsAgain(first: readonly string[], second: readonly string[]): Promise<boolean> {
    const context = contextOf(
      `FROM ${baseImage} AS one\nRUN cat /proc/sys/kernel/random/uuid > /one\n` +
        `FROM ${baseImage}\nCOPY --from=one /one /one\nRUN cat /proc/sys/kernel/random/uuid > /two\n`,
    );
    const contents = [];
    for (const args of [first, second]) {
      const tag = temporaryTag(engine.api);
      await sandbox.build(context, { tag }, { args });
      contents.push(String(await contentOf(engine.api, tag, 'one')));
    }
    return contents[0] !== contents[1];
  }

  it('--platform, for one platform', async () => {
    const tag = await build('FROM scratch\nCOPY . /\n', '--platform', 'linux/arm/v7');
    expect(await inspect(tag)).toMatchObject({ Architecture: 'arm', Variant: 'v7' });
    expectError(
      await attempt('FROM scratch\nCOPY . /\n', '--platform', 'linux/amd64,linux/arm64'),
      'BUILDER_UNSUPPORTED',
    );
    expectError(await attempt('FROM scratch\n', '--platform', 'a/b/c/d'), 'USAGE', 2);
  });

  it('--label', async () => {
    const tag = await build(
      'FROM scratch\nLABEL own=1 both=1\nCOPY . /\n',
      '--label',
      'both=a, "b"=c',
      '--label',
      'x.y',
    );
    expect((await inspect(tag)).Config.Labels).toEqual({ own: '1', both: 'a, "b"=c', 'x.y': '' });
  });

  it('--network', async () => {
    const interfaces = 'cat /proc/net/dev';
    expect(await seen(interfaces, '--network', 'none')).not.toContain('eth0');
    expect(await seen(interfaces, '--network', 'host')).toContain('docker0');
    expectError(await attempt('FROM scratch\n', '--network', 'bridge'), 'USAGE', 2);
  });

  it('--add-host', async () => {
    const hosts = await seen('cat /etc/hosts', '--add-host', 'one:10.1.2.3', '--add-host', 'two=[fe80::1]');
    expect(hosts).toMatch(/^10\.1\.2\.3\s+one$/m);
    expect(hosts).toMatch(/^fe80::1\s+two$/m);
    const gateway = await attempt(`FROM ${baseImage}\nRUN cat /etc/hosts\n`, '--add-host', 'me:host-gateway');
    if (isOld) expectError(gateway, 'BUILDER_UNSUPPORTED');
    else expect(gateway.stderr).toMatch(/172\.\d+\.\d+\.1\s+me$/m);
  });

  it.runIf(!isOld)('--ulimit, --shm-size and --cgroup-parent', async () => {
    expect(await seen('sh -c "ulimit -n"', '--ulimit', 'nofile=123:456')).toBe('123\n');
    expect(await seen('/bin/busybox df -k /dev/shm', '--shm-size', '5m')).toMatch(/\s5120\s/);
    await build(`FROM ${baseImage}\nRUN true\n`, '--cgroup-parent', 'presync-test');
  });

  it.runIf(isOld).each(['--ulimit=nofile=1:1', '--shm-size=5m', '--cgroup-parent=a'])(
    '%s is refused where it would do nothing',
    async (flag) => {
      const { message } = expectError(await attempt('FROM scratch\nCOPY . /\n', flag), 'BUILDER_UNSUPPORTED');
      expect(message).toContain('Docker 20.10');
    },
  );

  it('--allow is for the engine to grant', async () => {
    const refused = await attempt(`FROM ${baseImage}\nRUN true\n`, '--allow', 'security.insecure');
    expect(expectError(refused, 'BUILD_FAILED', 3).message).toContain('security.insecure');
    await build(`FROM ${baseImage}\nRUN true\n`, '--allow', 'network.host');
  });

  it('--no-cache-filter', async () => {
    expect(await runsAgain(['--no-cache'], [])).toBe(false);
    expect(await runsAgain(['--no-cache'], ['--no-cache-filter', 'one'])).toBe(true);
    expect(await runsAgain(['--no-cache'], ['--no-cache-filter', 'another'])).toBe(false);
  });

  it('--iidfile and --metadata-file', async () => {
    const folder = temporaryFolder();
    const files = ['--iidfile', join(folder, 'iid'), '--metadata-file', join(folder, 'meta')];
    const tag = await build('FROM scratch\nCOPY . /\n', ...files);
    const id = readFileSync(join(folder, 'iid'), 'utf8');
    expect(id).toBe(await engine.api.imageId(tag));
    expect(JSON.parse(readFileSync(join(folder, 'meta'), 'utf8'))).toMatchObject({
      'containerimage.digest': id,
      'image.name': `${tag}:latest`,
    });
    expectError(await attempt(`FROM ${baseImage}\nRUN false\n`, ...files), 'BUILD_FAILED', 3);
    expect(existsSync(join(folder, 'iid'))).toBe(false);
    expectError(await attempt('FROM scratch\nCOPY . /\n', '--iidfile', '/nowhere/x'), 'OUTPUT_FAILED');
  });

  it('--quiet', async () => {
    const { stdout, stderr } = await sandbox.run(['build', '-q', contextOf('FROM scratch\nCOPY . /\n')]);
    expect(stdout).toMatch(/^sha256:[0-9a-f]{64}\n$/);
    expect(stderr).toBe('');
    const failed = await sandbox.run(['build', '-q', contextOf('FROM scratch\nCOPY absent /\n')]);
    expect(failed).toMatchObject({ status: 3, stdout: '', stderr: expect.stringContaining('absent') as string });
  });

  it('--attest, --provenance, --sbom, --annotation and --cache-to need another image store', async () => {
    const copy = 'FROM scratch\nCOPY . /\n';
    for (const args of [
      ['--attest', 'type=provenance'],
      ['--provenance=mode=max'],
      ['--sbom=true'],
      ['--annotation', 'a=b'],
      ['--cache-to', 'type=registry,ref=127.0.0.1:1/x'],
      ['--cache-to', 'type=local,dest=x'],
    ]) {
      expectError(await attempt(copy, ...args), 'BUILDER_UNSUPPORTED');
    }
    await build(copy, '--attest', 'type=provenance', '--provenance=false', '--sbom=false');
  });

  it('--build-arg, --target, -f, -t and --load as of docker build', async () => {
    const context = contextOf('FROM scratch\n');
    writeFileSync(join(context, 'other'), `FROM ${baseImage} AS a\nARG V\nRUN echo $V > /v\nFROM a\nRUN false\n`);
    const tag = temporaryTag(engine.api);
    const options = { tag, file: join(context, 'other'), target: 'a', buildArgs: { V: 'x y' } };
    await sandbox.build(context, options, { args: ['--load'] });
    expect(String(await contentOf(engine.api, tag, 'v'))).toBe('x y\n');
    expect((await imageTree(engine.api, tag)).has(fromText('v'))).toBe(true);
  });

  it.runIf(!isOld)('are in the table of docs/compatibility.md, all that buildx has', () => {
    const help = execFileSync(engine.cli, ['buildx', 'build', '--help'], { encoding: 'utf8' });
    const flags = [...help.matchAll(/^ +(?:-\w, )?(--[a-z-]+)/gm)].map(([, flag]) => flag!);
    const table = readFileSync(join(import.meta.dirname, '../../docs/compatibility.md'), 'utf8');
    expect(flags.length).toBeGreaterThan(25);
    expect(flags.filter((flag) => !table.includes(`| \`${flag}\``))).toEqual([]);
  });

  it('has no flag that the stock CLI reads another way', async () => {
    // The same recipe by the stock CLI, for the flags that both engines know.
    const dockerfile = `FROM ${baseImage}\nRUN cat /etc/hosts > /hosts\nLABEL a=1\n`;
    const args = ['--add-host', 'one:10.1.2.3', '--label', 'b=2', '--no-cache'];
    const stock = temporaryTag(engine.api);
    execFileSync(engine.cli, ['build', ...args, '-t', stock, contextOf(dockerfile)], { stdio: 'pipe' });
    const mine = await build(dockerfile, ...args);
    expect((await inspect(mine)).Config.Labels).toEqual((await inspect(stock)).Config.Labels);
    const hosts = async (tag: string) => String(await contentOf(engine.api, tag, 'hosts'));
    expect(await hosts(mine)).toBe(await hosts(stock));
  });
});
