/** Builds that share a context: several targets, and bake files. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../support/engines.ts';
import { baseImage, suites, useEngine } from '../support/engines.ts';
import { expectError } from '../support/expectError.ts';
import { contentOf, imageTree } from '../support/imageTree.ts';
import { file, makeTree } from '../support/madeTree.ts';
import { makeManyFiles, manyFile } from '../support/manyFiles.ts';
import type { BuildResult, Sandbox } from '../support/presyncCli.ts';
import { lastJson, useSandbox } from '../support/presyncCli.ts';
import { temporaryFolder, temporaryTag, uniqueTag } from '../support/temporary.ts';

const manyFiles = process.env['PRESYNC_FULL'] ? 10_000 : 1000;

/** What `--json` prints of several builds. */
interface Together {
  readonly ok: true;
  readonly builds: readonly (BuildResult & { readonly name: string; readonly tags: readonly string[] })[];
}

/** How often BuildKit took the context over, whoever asked. */
const copies = ({ builds }: Together) => Math.max(...builds.map(({ builder }) => builder.diffCopies));

/** A sandbox's environment in which `docker` is the CLI of an engine. */
function withDocker(sandbox: Sandbox, engine: Engine): Record<string, string> {
  const bin = join(sandbox.home, 'bin');
  mkdirSync(bin, { recursive: true });
  try {
    symlinkSync(engine.cli, join(bin, 'docker'));
  } catch {
    // it is there already
  }
  return { PATH: `${bin}:${process.env['PATH']}` };
}

describe.each(suites)('several targets on %s', (suite) => {
  const engine = useEngine(suite);
  const sandbox = useSandbox(engine.host);

  const stages = ['a', 'b', 'c'];
  const dockerfile = stages.map(
    (stage) => `FROM ${baseImage} AS ${stage}\nCOPY . /src\nRUN echo ${stage} > /${stage}\n`,
  );

  function context(): string {
    const folder = join(temporaryFolder(), uniqueTag());
    makeManyFiles(folder, 200, uniqueTag());
    writeFileSync(join(folder, 'Dockerfile'), dockerfile.join(''));
    return folder;
  }

  async function buildAll(folder: string, tag: string): Promise<Together> {
    const targets = stages.flatMap((stage) => ['--target', stage]);
    const run = await sandbox.run(['build', '--json', ...targets, '-t', tag, folder]);
    expect(run.status, run.stderr).toBe(0);
    return lastJson(run) as Together;
  }

  it('are one sync and one generation, and each has its image', async () => {
    const folder = context();
    const tag = temporaryTag(engine.api);
    const all = await buildAll(folder, tag);
    expect(all.builds.map(({ name }) => name)).toEqual(stages);
    expect(new Set(all.builds.map(({ generation }) => generation)).size).toBe(1);
    expect(copies(all)).toBe(1);
    expect(all.builds[0]!.sent.files).toBe(201);
    for (const { name, tags, imageId, verified } of all.builds) {
      expect(tags).toEqual([`${tag}:${name}`]);
      expect(await engine.api.imageId(`${tag}:${name}`)).toBe(imageId);
      expect(String(await contentOf(engine.api, `${tag}:${name}`, name))).toBe(`${name}\n`);
      expect(verified).toBe(true);
    }
    for (const stage of stages) await engine.api.removeImage(`${tag}:${stage}`);
  });

  it('of a watched context are of what its owner has, and transfer nothing', async () => {
    const folder = context();
    const watch = await sandbox.watch(folder);
    await sandbox.build(folder, { target: 'a' });
    const tag = temporaryTag(engine.api);
    const all = await buildAll(folder, `${tag}:1`);
    expect(copies(all)).toBe(0);
    expect(new Set(all.builds.map(({ snapshot }) => snapshot)).size).toBe(1);
    expect(all.builds.map(({ tags }) => tags[0])).toEqual(stages.map((stage) => `${tag}:1-${stage}`));
    watch.kill('SIGINT');
    for (const stage of stages) await engine.api.removeImage(`${tag}:1-${stage}`);
  });

  it('end together when one of them fails', async () => {
    const folder = context();
    writeFileSync(
      join(folder, 'Dockerfile'),
      `FROM ${baseImage} AS slow\nRUN sleep 60\nFROM ${baseImage} AS bad\nRUN sleep 1 && false\n`,
    );
    const args = ['--target', 'slow', '--target', 'bad'];
    const began = Date.now();
    expectError(await sandbox.tryBuild(folder, {}, { args }), 'BUILD_FAILED', 3);
    expect(Date.now() - began).toBeLessThan(50_000);
    expectError(await sandbox.tryBuild(folder, {}, { args: [...args, '-o', 'x'] }), 'USAGE', 2);
  });
});

describe('bake', () => {
  const engine = useEngine('trixie');
  const sandbox = useSandbox(engine.host);

  async function bake(folder: string, ...args: string[]) {
    const run = await sandbox.run(['bake', '--json', ...args], { cwd: folder, env: withDocker(sandbox, engine) });
    return { ...run, result: lastJson(run) as Together };
  }

  it(`three targets and two Dockerfiles over one context of ${manyFiles} files are one sync, as docker buildx builds them`, async () => {
    const folder = join(temporaryFolder(), uniqueTag());
    makeManyFiles(folder, manyFiles, uniqueTag());
    const names = ['one', 'two', 'three'].map((name) => ({ name, tag: temporaryTag(engine.api) }));
    writeFileSync(
      join(folder, 'Dockerfile'),
      'FROM scratch AS one\nCOPY . /src\nFROM scratch AS two\nCOPY folder0 /only\nLABEL a=1\n',
    );
    mkdirSync(join(folder, 'docker'));
    writeFileSync(join(folder, 'docker/other'), `FROM ${baseImage}\nARG V\nCOPY folder1 /src\nRUN echo $V > /v\n`);
    const [one, two, three] = names.map(({ tag }) => tag);
    const file = {
      group: { default: { targets: ['one', 'two', 'three'] } },
      target: {
        one: { target: 'one', tags: [one] },
        two: { target: 'two', tags: [two], labels: { b: '2' } },
        three: { dockerfile: 'docker/other', tags: [three], args: { V: 'x y' } },
      },
    };
    writeFileSync(join(folder, 'docker-bake.json'), JSON.stringify(file));
    const { result, stderr, status } = await bake(folder);
    expect(status, stderr).toBe(0);
    expect(result.builds.map(({ name }) => name).sort()).toEqual(['one', 'three', 'two']);
    expect(copies(result)).toBe(1);
    expect(new Set(result.builds.map(({ generation }) => generation)).size).toBe(1);
    const mine = await Promise.all(names.map(({ tag }) => imageTree(engine.api, tag)));
    execFileSync(engine.cli, ['buildx', 'bake', '--no-cache'], { cwd: folder, stdio: 'pipe' });
    for (const [index, { tag }] of names.entries()) {
      const stock = await imageTree(engine.api, tag);
      const paths = (tree: typeof stock) => [...tree].map(([path, { sha256, mode }]) => [path, sha256, mode]);
      expect(paths(mine[index]!)).toEqual(paths(stock));
    }
    // Once more, after one edit: what two of them copy.
    writeFileSync(manyFile(folder, 1), 'edited');
    const again = await bake(folder);
    expect(again.result.builds[0]!.sent.files).toBe(1);
    expect(copies(again.result)).toBe(1);
  });

  it('reads compose files, other folders, Dockerfiles inside the file, and overrides', async () => {
    const folder = join(temporaryFolder(), 'project');
    const [web, tool] = [temporaryTag(engine.api), temporaryTag(engine.api)];
    makeTree(folder, [
      file('web/Dockerfile', 'FROM scratch\nARG A\nLABEL a=$A\nCOPY page /\n'),
      file('web/page', 'hello'),
      file('compose.yaml', `services:\n  web:\n    build: {context: web, args: {A: "1"}}\n    image: ${web}\n`),
      file(
        'tool.hcl',
        `target "tool" {\n  dockerfile-inline = "FROM scratch\\nCOPY web/page /p\\n"\n  tags = ["${tool}"]\n}\n`,
      ),
    ]);
    const { result, stderr, status } = await bake(
      folder,
      ...['-f', 'compose.yaml', '-f', 'tool.hcl', '--set', 'web.labels.x=y', 'web', 'tool'],
    );
    expect(status, stderr).toBe(0);
    expect(result.builds.map(({ name }) => name).sort()).toEqual(['tool', 'web']);
    expect(String(await contentOf(engine.api, web, 'page'))).toBe('hello');
    expect(String(await contentOf(engine.api, tool, 'p'))).toBe('hello');
    const inspected = JSON.parse(String(await engine.api.call('GET', `/images/${web}/json`))) as {
      Config: { Labels: unknown };
    };
    expect(inspected.Config.Labels).toEqual({ a: '1', x: 'y' });
  });

  it('a target has contexts by name of its own, beside those of others', async () => {
    const folder = join(temporaryFolder(), 'project');
    const [one, two] = [temporaryTag(engine.api), temporaryTag(engine.api)];
    makeTree(folder, [
      file('Dockerfile', `FROM ${baseImage} AS lib\nFROM scratch\nCOPY --from=lib /name /\n`),
      file('one/name', 'one'),
      file('two/name', 'two'),
      file(
        'docker-bake.hcl',
        `group "default" { targets = ["a", "b"] }
target "a" {
  tags = ["${one}"]
  contexts = { lib = "one" }
}
target "b" {
  tags = ["${two}"]
  contexts = { lib = "two" }
}
`,
      ),
    ]);
    const { stderr, status } = await bake(folder);
    expect(status, stderr).toBe(0);
    expect(String(await contentOf(engine.api, one, 'name'))).toBe('one');
    expect(String(await contentOf(engine.api, two, 'name'))).toBe('two');
  });

  it('says what is wrong with the file, and what of it is not supported', async () => {
    const folder = join(temporaryFolder(), 'project');
    makeTree(folder, [
      file('bad.hcl', 'target {\n'),
      file('linked.hcl', 'target "base" {}\ntarget "app" { contexts = { base = "target:base" } }\n'),
      file('Dockerfile', 'FROM scratch\n'),
    ]);
    const linked = await bake(folder, '-f', 'linked.hcl', 'app');
    expect(linked.result).toMatchObject({ ok: false, code: 'BUILDER_UNSUPPORTED' });
    expect((await bake(folder, '-f', 'bad.hcl')).result).toMatchObject({ ok: false, code: 'PROGRAM_FAILED' });
    const missing = await sandbox.run(['bake', '--json'], { cwd: folder, env: { PATH: '/nowhere' } });
    expect(missing.stdout).toContain('PROGRAM_FAILED');
  });
});
