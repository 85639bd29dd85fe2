/** The stock docker CLI at the daemon's endpoint: it works as at the engine itself. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { DockerApi } from '../support/dockerApi.ts';
import { baseImage, suites, useEngine } from '../support/engines.ts';
import { imageTree } from '../support/imageTree.ts';
import { file, folder, hardLink, makeTree, symlink } from '../support/madeTree.ts';
import { temporarySandbox, useSandbox } from '../support/presyncCli.ts';
import { memoryRise } from '../support/processMemory.ts';
import { tarArchive, tarEnd, tarMember } from '../support/tarWriter.ts';
import { temporaryFolder, temporaryTag, uniqueTag } from '../support/temporary.ts';
import { treeDifferences } from '../support/treeDifferences.ts';

const run = promisify(execFile);
/** A gigabyte; without the full counts an eighth of it, which is still twice of what it may cost. */
const much = process.env['PRESYNC_FULL'] ? 2 ** 30 : 2 ** 27;
/** What that may cost the daemon. */
const flat = 64 * 2 ** 20;

describe.each(suites)('the Docker API at the daemon, %s', (suite) => {
  const engine = useEngine(suite);
  const sandbox = useSandbox(engine.host);
  let host: string;
  let pid: number;

  beforeAll(async () => {
    const context = join(sandbox.home, 'first');
    makeTree(context, [file('Dockerfile', 'FROM scratch\nCOPY . /\n')]);
    await sandbox.build(context);
    const { daemon } = await sandbox.status();
    host = daemon!.endpoint;
    pid = daemon!.pid;
  });

  /** Runs the stock CLI with the daemon for its engine. */
  async function docker(args: readonly string[], options: { input?: string; env?: Record<string, string> } = {}) {
    const env = { ...process.env, ...options.env };
    const running = run(engine.cli, ['-H', host, ...args], { env, timeout: 120_000, maxBuffer: 64 << 20 });
    running.child.stdin?.end(options.input ?? '');
    return running;
  }

  const openFiles = () => readdirSync(`/proc/${pid}/fd`).length;

  const kinds = [
    { name: 'a tar in a POST', args: ['build'], env: { DOCKER_BUILDKIT: '0' } },
    { name: "BuildKit's session", args: ['build'], env: {} },
    ...(suite === 'trixie' ? [{ name: 'buildx', args: ['buildx', 'build'], env: {} }] : []),
  ];
  it.each(kinds)('docker build by $name makes the image that it makes at the engine', async ({ args, env }) => {
    const context = join(temporaryFolder(), uniqueTag());
    makeTree(context, [
      file('Dockerfile', `FROM ${baseImage}\nCOPY . /src\nRUN cat /src/dir/x > /out\n`),
      file('dir/x', 'content'),
      file('big', Buffer.alloc(5_000_000, 'big')),
      file('run', '#!/bin/sh', { mode: 0o755 }),
      symlink('link', 'dir/x'),
      hardLink('second', 'run'),
      folder('empty'),
      file('ignored'),
      file('.dockerignore', 'ignored\n'),
    ]);
    const [tag, direct] = [temporaryTag(engine.api), temporaryTag(engine.api)];
    const start = Date.now() / 1000 - 1;
    await docker([...args, '--no-cache', '-t', tag, context], { env });
    await run(engine.cli, [...args, '--no-cache', '-t', direct, context], { env: { ...process.env, ...env } });
    const [actual, expected] = [await imageTree(engine.api, tag), await imageTree(engine.api, direct)];
    const differences = treeDifferences(actual, expected, (path) => expected.get(path)!.mtime >= start);
    expect(differences).toEqual([]);
    expect([...actual.keys()]).toEqual(expect.arrayContaining(['src/dir/x', 'src/second', 'out']));
  });

  it('a tar in a POST of its own makes the image that it makes at the engine', async () => {
    const archive = tarArchive([
      { name: 'Dockerfile', data: Buffer.from(`FROM ${baseImage}\nCOPY . /src\nRUN cat /src/a > /b\n`) },
      { name: 'a', data: Buffer.from('content') },
      { name: 'run', data: Buffer.from('#!/bin/sh'), mode: 0o755 },
    ]);
    const start = Date.now() / 1000 - 1;
    const trees = [];
    for (const api of [new DockerApi(host.replace('unix://', '')), engine.api]) {
      const tag = temporaryTag(engine.api);
      await api.call('POST', `/build?nocache=1&t=${tag}`, Readable.from([archive]), 'application/x-tar');
      trees.push(await imageTree(engine.api, tag));
    }
    const [actual, expected] = [trees[0]!, trees[1]!];
    expect(treeDifferences(actual, expected, (path) => expected.get(path)!.mtime >= start)).toEqual([]);
    expect([...actual.keys()]).toEqual(expect.arrayContaining(['src/a', 'src/run', 'b']));
  });

  it('docker run -i: the end of the input arrives, and the output after it', async () => {
    const { stdout } = await docker(['run', '-i', '--rm', baseImage, 'sh', '-c', 'cat; echo ended; echo wrong >&2'], {
      input: 'from here\n',
    });
    expect(stdout).toBe('from here\nended\n');
  });

  it('docker run -it has a terminal, and docker exec -i an input', async () => {
    const command = `${engine.cli} -H ${host} run -it --rm ${baseImage} sh -c 'test -t 0 && echo a terminal'`;
    const { stdout } = await run('script', ['-qec', command, '/dev/null'], { timeout: 60_000 });
    expect(stdout).toContain('a terminal');
    const name = uniqueTag();
    await docker(['run', '-d', '--name', name, baseImage, 'sleep', '300']);
    try {
      expect((await docker(['exec', '-i', name, 'cat'], { input: 'into exec' })).stdout).toBe('into exec');
    } finally {
      await docker(['rm', '-f', name]);
    }
  });

  it('docker logs -f tells while the container runs, and nothing stays open when the CLI is killed', async () => {
    const name = uniqueTag();
    await docker(['run', '-d', '--name', name, baseImage, 'sh', '-c', 'echo first; sleep 300']);
    const logs = spawn(engine.cli, ['-H', host, 'logs', '-f', name]);
    try {
      expect(String((await once(logs.stdout, 'data'))[0])).toBe('first\n');
      const open = openFiles();
      logs.kill('SIGKILL');
      await sandbox.waitFor('the daemon to close both ends', async () => openFiles() <= open - 2);
    } finally {
      logs.kill('SIGKILL');
      await docker(['rm', '-f', name]);
    }
  });

  it('docker cp, save and load move bytes unharmed', async () => {
    const home = temporaryFolder();
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * 7919) % 251));
    writeFileSync(join(home, 'bytes'), bytes);
    const name = uniqueTag();
    await docker(['create', '--name', name, baseImage, 'true']);
    await docker(['cp', join(home, 'bytes'), `${name}:/bytes`]);
    await docker(['cp', `${name}:/bytes`, join(home, 'again')]);
    expect(readFileSync(join(home, 'again')).equals(bytes)).toBe(true);
    const tag = temporaryTag(engine.api);
    await docker(['commit', name, tag]);
    await docker(['rm', '-f', name]);
    const id = await engine.api.imageId(tag);
    await docker(['save', '-o', join(home, 'saved'), tag]);
    await docker(['rmi', tag]);
    expect(await engine.api.imageId(tag)).toBeUndefined();
    await docker(['load', '-i', join(home, 'saved')]);
    expect(await engine.api.imageId(tag)).toBe(id);
  });

  it('the errors of the engine are the errors of the CLI', async () => {
    const error = (await docker(['run', '--rm', '--pull=never', uniqueTag()]).catch((thrown: unknown) => thrown)) as {
      code: number;
      stderr: string;
    };
    expect(error.code).toBe(125);
    expect(error.stderr).toMatch(/no such image|unable to find image/i);
    const context = temporaryFolder();
    makeTree(context, [file('Dockerfile', `FROM ${baseImage}\nRUN exit 7\n`)]);
    await expect(docker(['build', context])).rejects.toMatchObject({ stderr: expect.stringContaining('exit code: 7') });
  });

  it('a build that is interrupted ends at the engine', async () => {
    const context = temporaryFolder();
    const mark = uniqueTag();
    makeTree(context, [file('Dockerfile', `FROM ${baseImage}\nRUN echo ${mark}; sleep 297\n`)]);
    const building = spawn(engine.cli, ['-H', host, 'build', '--progress=plain', '--no-cache', context]);
    let output = '';
    building.stderr.on('data', (data) => (output += String(data)));
    await sandbox.waitFor('the step to run', async () => output.includes(`${mark}\n`) && sleeping());
    building.kill('SIGINT');
    await sandbox.waitFor('the step to end', async () => !sleeping());
  });

  /** Whether a process `sleep 297` runs anywhere on this machine. */
  function sleeping(): boolean {
    return readdirSync('/proc').some((entry) => {
      try {
        return readFileSync(`/proc/${entry}/cmdline`, 'utf8') === 'sleep\x00297\0';
      } catch {
        return false;
      }
    });
  }

  it('a large tar goes up without filling the memory of the daemon', async () => {
    const piece = Buffer.alloc(1 << 20);
    for (let i = 0; i < piece.length; i += 4) piece.writeUInt32LE(Math.imul(i, 2654435761) >>> 0, i);
    function* archive() {
      yield tarMember({ name: 'Dockerfile', data: Buffer.from('FROM scratch\nCOPY Dockerfile /\n') });
      yield tarMember({ name: 'big', size: much });
      for (let i = 0; i < much / piece.length; i++) yield piece;
      yield tarEnd;
    }
    const tag = temporaryTag(engine.api);
    const api = new DockerApi(host.replace('unix://', ''));
    const rise = await memoryRise(pid, async () => {
      await api.call('POST', `/build?t=${tag}`, Readable.from(archive()), 'application/x-tar');
    });
    expect(rise).toBeLessThan(flat);
    expect(await engine.api.imageId(tag)).toBeDefined();
  });

  it('as much goes through an attached container and back, and the daemon’s memory stays flat', async () => {
    const script = `'${engine.cli}' -H ${host} run -i --rm --log-driver none ${baseImage} cat < /dev/zero`;
    const rise = await memoryRise(pid, async () => {
      const { stdout } = await run('sh', ['-c', `${script} | head -c ${much} | wc -c`], { timeout: 240_000 });
      expect(Number(stdout)).toBe(much);
    });
    expect(rise).toBeLessThan(flat);
  });

  it('a slow reader holds the engine back, not the daemon’s memory', async () => {
    const script = `'${engine.cli}' -H ${host} run -i --rm --log-driver none ${baseImage} cat < /dev/zero`;
    const rise = await memoryRise(pid, async () => {
      const slow = spawn('sh', ['-c', script]);
      slow.stdout.pause();
      await sleep(3000);
      slow.stdout.destroy();
      slow.kill('SIGKILL');
    });
    expect(rise).toBeLessThan(flat);
  });

  it('a daemon of an operator serves the engine that it was given, and ends what runs before it makes way', async () => {
    const other = temporarySandbox('unix:///nowhere/docker.sock');
    const socket = join(other.home, 'operator.sock');
    const args = ['--listen', `unix://${socket}`, '--data', join(other.home, 'store'), '--builder', engine.host];
    const daemon = other.spawn(['daemon', ...args]);
    const own = new DockerApi(socket);
    await other.waitFor('the daemon to listen', async () => existsSync(socket));
    expect(await own.version()).toBe(await engine.api.version());

    const cat = spawn(engine.cli, ['-H', `unix://${socket}`, 'run', '-i', '--rm', baseImage, 'cat']);
    cat.stdin.write('before');
    expect(String((await once(cat.stdout, 'data'))[0])).toBe('before');
    await own.call('POST', '/presync/v1/drain');
    await expect(own.version()).rejects.toThrow(/ENOENT|ECONNREFUSED/);
    cat.stdin.end('after');
    expect(String((await once(cat.stdout, 'data'))[0])).toBe('after');
    await once(daemon, 'exit');
  });
});
