/** What a build asks of its client: secrets, ssh agents, accounts at registries. */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { fromText } from '../../src/base/bytes.ts';
import { baseImage, suites, useEngine } from '../support/engines.ts';
import { expectError } from '../support/expectError.ts';
import { imageTree } from '../support/imageTree.ts';
import { file, makeTree } from '../support/madeTree.ts';
import { temporarySandbox, useSandbox } from '../support/presyncCli.ts';
import { account, useRegistry } from '../support/registry.ts';
import { copySshTools, keysOf, makeKey, startAgent } from '../support/sshTools.ts';
import { temporaryFolder, temporaryTag } from '../support/temporary.ts';

/** A folder with this Dockerfile. */
function contextOf(dockerfile: string): string {
  const context = join(temporaryFolder(), 'context');
  makeTree(context, [file('Dockerfile', dockerfile)]);
  return context;
}

describe.each(suites)('secrets on %s', (suite) => {
  const engine = useEngine(suite);

  const digestOfSecret = `RUN --mount=type=secret,id=first cat /run/secrets/first > /dev/null && sleep 1
RUN --mount=type=secret,id=first --mount=type=secret,id=second \\
  cat /run/secrets/first /run/secrets/second | /bin/busybox sha256sum > /sum`;

  it('reach the steps that name them and nothing else: not the image, the store, a log or the process list', async () => {
    const sandbox = temporarySandbox(engine.host);
    const [first, second] = [randomBytes(24).toString('hex'), `${randomBytes(24).toString('hex')}\n`];
    const place = join(temporaryFolder(), 'token');
    writeFileSync(place, first);
    const tag = temporaryTag(engine.api);
    const args = ['--secret', `id=first,src=${place}`, '--secret', 'id=second,env=SECOND', '--no-cache'];
    const context = contextOf(`FROM ${baseImage}\n${digestOfSecret}\n`);
    const building = sandbox.tryBuild(context, { tag }, { args, env: { SECOND: second } });
    const seen = new Set<string>();
    let over = false;
    void building.finally(() => (over = true));
    while (!over) {
      for (const secret of [first, second.trim()]) {
        for (const entry of readdirSync('/proc')) if (commandLine(entry).includes(secret)) seen.add(entry);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect((await building).result, (await building).stderr).toMatchObject({ ok: true });
    const saved = await engine.api.save(tag);
    const expected = execFileSync('sha256sum', { input: first + second, encoding: 'utf8' }).slice(0, 64);
    // What the step made of them shows that they were there, so the searches below can find them where they are.
    expect(saved.includes(expected)).toBe(true);

    const [pid] = sandbox.daemonPids();
    const environment = readFileSync(`/proc/${pid}/environ`);
    for (const secret of [first, second.trim()]) {
      expect(seen).toEqual(new Set());
      expect(saved.includes(secret)).toBe(false);
      expect(filesWith(sandbox.home, secret)).toEqual([]);
      expect(environment.includes(secret)).toBe(false);
      expect((await building).stderr).not.toContain(secret);
    }
    expect(filesWith(temporaryFolderWith(first), first)).toHaveLength(1);
  });

  it('are asked for anew by every build, and a change of them alone runs no step again', async () => {
    const sandbox = temporarySandbox(engine.host);
    const place = join(temporaryFolder(), 'token');
    const context = contextOf(`FROM ${baseImage}\nARG N\nRUN --mount=type=secret,id=t cp /run/secrets/t /seen-$N\n`);
    const build = async (value: string, n: string) => {
      writeFileSync(place, value);
      const tag = temporaryTag(engine.api);
      const args = ['--secret', `id=t,src=${place}`];
      const { builder } = await sandbox.build(context, { tag, buildArgs: { N: n } }, { args });
      expect(n === '1' || builder.diffCopies === 0).toBe(true);
      return (await imageTree(engine.api, tag)).get(fromText(`seen-${n}`))?.size;
    };
    expect(await build('one', '1')).toBe(3);
    expect(await build('longer', '2')).toBe(6);
    expect(await build('the longest', '2')).toBe(6);
  });

  it('that are required and missing fail the build, and say how to give them', async () => {
    const sandbox = temporarySandbox(engine.host);
    const required = contextOf(`FROM ${baseImage}\nRUN --mount=type=secret,id=tok,required cat /run/secrets/tok\n`);
    const failure = expectError(await sandbox.tryBuild(required), 'BUILD_FAILED', 3);
    expect(failure.hint).toContain('--secret id=tok');
    const other = ['--secret', 'id=other,env=HOME'];
    expectError(await sandbox.tryBuild(required, {}, { args: other }), 'BUILD_FAILED', 3);
    const optional = contextOf(`FROM ${baseImage}\nRUN --mount=type=secret,id=tok test ! -e /run/secrets/tok\n`);
    await sandbox.build(optional);
    await sandbox.build(optional, {}, { args: other });
  });

  it('that cannot be read or named are refused before anything is done', async () => {
    const sandbox = temporarySandbox(engine.host);
    const context = contextOf(`FROM ${baseImage}\n`);
    const attempt = (spec: string) => sandbox.tryBuild(context, {}, { args: ['--secret', spec] });
    expectError(await attempt('id=x,src=absent'), 'SECRET_UNREADABLE');
    expectError(await attempt('id=x,env=ABSENT'), 'SECRET_UNREADABLE');
    expectError(await attempt('src=/etc/passwd'), 'USAGE', 2);
    expect(sandbox.daemonPids()).toEqual([]);
  });
});

describe.each(suites)('ssh agents on %s', (suite) => {
  const engine = useEngine(suite);
  const sandbox = useSandbox(engine.host);
  let tools: string;

  beforeAll(async () => {
    // An image with ssh-add and ssh-keygen, for the steps below.
    const context = join(sandbox.home, 'tools');
    makeTree(context, [file('Dockerfile', `FROM ${baseImage}\nCOPY . /\n`)]);
    copySshTools(context);
    tools = `presync-test-ssh-${process.pid}`;
    await sandbox.build(context, { tag: tools });
    return () => engine.api.removeImage(tools);
  });

  it('list and sign with the keys of the user’s own agent, and change nothing in it', async () => {
    const folder = temporaryFolder();
    const key = makeKey(folder, 'mine');
    const socket = startAgent(folder, [key]);
    const context = contextOf(
      `FROM ${tools}\nCOPY mine.pub /\nRUN --mount=type=ssh ssh-add -l > /list && echo hello > /said && ` +
        'ssh-keygen -q -Y sign -n test -f /mine.pub /said && ! ssh-add -D && ! ssh-add -x < /dev/null\n',
    );
    writeFileSync(join(context, 'mine.pub'), readFileSync(`${key}.pub`));
    const tag = temporaryTag(engine.api);
    const before = keysOf(socket);
    await sandbox.build(
      context,
      { tag, noCache: true },
      { args: ['--ssh', 'default'], env: { SSH_AUTH_SOCK: socket } },
    );
    expect(keysOf(socket)).toBe(before);
    const saved = await engine.api.save(tag);
    expect(saved.includes(before.split(' ')[1]!)).toBe(true);
    const signature = /-----BEGIN SSH SIGNATURE-----[^-]*-----END SSH SIGNATURE-----/.exec(String(saved))![0];
    writeFileSync(join(folder, 'sig'), signature);
    const check = ['-Y', 'check-novalidate', '-n', 'test', '-s', join(folder, 'sig')];
    expect(execFileSync('ssh-keygen', check, { input: 'hello\n', encoding: 'utf8' })).toMatch(/^Good "test" signature/);
  });

  it('are several, each under its id, by socket or by keys', async () => {
    const folder = temporaryFolder();
    const [one, two, three] = ['one', 'two', 'three'].map((name) => makeKey(folder, name));
    const context = contextOf(
      `FROM ${tools}\nRUN --mount=type=ssh,id=a ssh-add -l > /a\nRUN --mount=type=ssh,id=b ssh-add -l > /b\n`,
    );
    const tag = temporaryTag(engine.api);
    const args = ['--ssh', `a=${startAgent(folder, [one!])}`, '--ssh', `b=${two},${three}`];
    await sandbox.build(context, { tag, noCache: true }, { args });
    const tree = await imageTree(engine.api, tag);
    const saved = String(await engine.api.save(tag));
    expect(saved).toMatch(/ one \(ED25519\)/);
    expect(saved).toMatch(/ two \(ED25519\)\n.* three \(ED25519\)/);
    expect([...tree.keys()]).toEqual(expect.arrayContaining(['a', 'b']));
  });

  it('survive a step that is killed in the middle, and parallel steps', async () => {
    const folder = temporaryFolder();
    const socket = startAgent(folder, [makeKey(folder, 'mine')]);
    const steps = Array.from(
      { length: 8 },
      (_, i) => `FROM ${tools} AS s${i}\nRUN --mount=type=ssh ssh-add -l > /l${i}`,
    );
    const copies = Array.from({ length: 8 }, (_, i) => `COPY --from=s${i} /l${i} /`);
    const context = contextOf([...steps, 'FROM scratch', ...copies, ''].join('\n'));
    const tag = temporaryTag(engine.api);
    const options = { args: ['--ssh', 'default'], env: { SSH_AUTH_SOCK: socket } };
    await sandbox.build(context, { tag, noCache: true }, options);
    expect((await imageTree(engine.api, tag)).size).toBe(8);
  });

  it('that are missing fail the build, and say how to give them', async () => {
    const context = contextOf(`FROM ${tools}\nRUN --mount=type=ssh,required ssh-add -l\n`);
    expect(expectError(await sandbox.tryBuild(context), 'BUILD_FAILED', 3).hint).toContain('--ssh default');
    expectError(await sandbox.tryBuild(context, {}, { args: ['--ssh', 'default'] }), 'SSH_AGENT');
    const gone = { args: ['--ssh', 'default'], env: { SSH_AUTH_SOCK: '/nowhere/agent' } };
    expectError(await sandbox.tryBuild(context, {}, gone), 'SSH_AGENT');
  });
});

describe.each(suites)('accounts at a registry, on %s', (suite) => {
  const engine = useEngine(suite);
  const registry = useRegistry(engine);
  const sandbox = useSandbox(engine.host);
  const config = join(sandbox.env['DOCKER_CONFIG']!, 'config.json');
  let context: string;

  beforeAll(async () => {
    await registry.put(baseImage, 'private/base:1');
    context = join(sandbox.home, 'private');
    makeTree(context, [file('Dockerfile', `FROM ${registry.host}/private/base:1\nCOPY . /src\nRUN test -e /src\n`)]);
  });

  it.each(['auths', 'credsStore', 'credHelpers'])(
    'by %s let a build use a private image, and the context stays primed',
    async (way) => {
      await engine.api.pruneBuildCache();
      const kept = temporaryFolder();
      const login = { ServerURL: registry.host, Username: account.name, Secret: account.secret };
      const helper = join(kept, 'docker-credential-presync-test');
      writeFileSync(helper, `#!/bin/sh\ncat > ${kept}/asked\necho '${JSON.stringify(login)}'\n`, { mode: 0o755 });
      const configs: Record<string, unknown> = {
        auths: { auths: registry.auths },
        credsStore: { credsStore: 'presync-test' },
        credHelpers: { credHelpers: { [registry.host]: 'presync-test' } },
      };
      writeFileSync(config, JSON.stringify(configs[way]));
      const env = { PATH: `${kept}:${process.env['PATH']}` };
      await sandbox.build(context, {}, { env });
      if (way !== 'auths') expect(readFileSync(join(kept, 'asked'), 'utf8')).toBe(registry.host);
      const { builder } = await sandbox.build(context, { noCache: true }, { env });
      expect(builder.diffCopies).toBe(0);
    },
  );

  it('are used as they are now: a login that is made or taken back counts from the next build on', async () => {
    await engine.api.pruneBuildCache();
    writeFileSync(config, '{}');
    const refused = expectError(await sandbox.tryBuild(context), 'BUILD_FAILED', 3);
    expect(refused.message).toContain('401');
    expect(refused.hint).toContain(`docker login ${registry.host}`);
    writeFileSync(config, JSON.stringify({ auths: registry.auths }));
    await sandbox.build(context);
    await engine.api.pruneBuildCache();
    const wrong = Buffer.from(`${account.name}:wrong`).toString('base64');
    writeFileSync(config, JSON.stringify({ auths: { [registry.host]: { auth: wrong } } }));
    expectError(await sandbox.tryBuild(context), 'BUILD_FAILED', 3);
  });

  it('are never in a log or the store', () => {
    const encoded = Buffer.from(`${account.name}:${account.secret}`).toString('base64');
    expect(filesWith(sandbox.home, account.secret)).toEqual([]);
    expect(filesWith(sandbox.home, encoded)).toEqual([config].filter(() => readFileSync(config).includes(encoded)));
  });

  it('a helper that fails is named', async () => {
    writeFileSync(config, JSON.stringify({ credsStore: 'not-installed' }));
    await engine.api.pruneBuildCache();
    const failure = expectError(await sandbox.tryBuild(context), 'PROGRAM_FAILED');
    expect(failure.message).toContain('docker-credential-not-installed');
  });
});

function commandLine(pid: string): string {
  try {
    return /^\d+$/.test(pid) ? readFileSync(`/proc/${pid}/cmdline`, 'latin1') : '';
  } catch {
    return '';
  }
}

/** The files below a folder that hold the text. */
function filesWith(folder: string, text: string): string[] {
  try {
    return execFileSync('grep', ['-rlaF', '--', text, folder], { encoding: 'utf8' }).trim().split('\n');
  } catch (error) {
    if ((error as { status?: number }).status === 1) return [];
    throw error;
  }
}

/** For a search that has to find something. */
function temporaryFolderWith(text: string): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'file'), `before ${text} behind`);
  return folder;
}
