import { execFile, execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parseAgents } from '../../../../src/client/services/agentSpecs.ts';
import { canConnect } from '../../../../src/client/services/agentSocket.ts';
import { startKeyAgent } from '../../../../src/client/services/keyAgent.ts';
import { openAgents } from '../../../../src/client/services/sshAgents.ts';
import { bundleBeforeAll, startChild } from '../../../support/bundledChild.ts';
import { temporaryFolder } from '../../../support/temporary.ts';

const run = promisify(execFile);
const childBundle = bundleBeforeAll('keyAgentChild');

/** A new key below `folder`; returns its path. */
function makeKey(folder: string, name: string, passphrase = ''): string {
  const path = join(folder, name);
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', passphrase, '-C', name, '-f', path]);
  return path;
}

const keysAt = async (socket: string) =>
  (await run('ssh-add', ['-l'], { env: { ...process.env, SSH_AUTH_SOCK: socket } })).stdout;

describe('--ssh', () => {
  it.each([
    ['default', { id: 'default', paths: [] }],
    ['default=/run/agent', { id: 'default', paths: ['/run/agent'] }],
    ['git=a,b/c', { id: 'git', paths: ['/here/a', '/here/b/c'] }],
  ])('%s', (flag, spec) => {
    expect(parseAgents([flag], '/here')).toEqual([spec]);
  });

  it.each([[['']], [['=x']], [['a=']], [['a=x,']], [['a', 'a']]])('refuses %j', (flags) => {
    expect(() => parseAgents(flags, '/')).toThrow(expect.objectContaining({ code: 'USAGE' }));
  });

  const open = (flag: string, env: Record<string, string> = {}, folder = temporaryFolder()) =>
    openAgents(parseAgents([flag], '/'), { env, directory: () => Promise.resolve(folder) });

  it('says at once what is not there', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'dir'));
    for (const flag of ['default', `a=${folder}/absent`, `a=${folder}/dir`]) {
      await expect(open(flag)).rejects.toMatchObject({ code: 'SSH_AGENT', hint: expect.stringMatching(/ssh-add/) });
    }
  });

  it('connects to the socket that is named, and says so when nobody listens there', async () => {
    const folder = temporaryFolder();
    const server = net.createServer((socket) => {
      socket.on('error', () => {}); // who only looks whether somebody listens reads nothing
      socket.end('an agent');
    });
    await new Promise<void>((resolve) => server.listen(join(folder, 's'), resolve));
    const agents = await open(`a=${folder}/s`);
    expect([agents.has('a'), agents.has('default')]).toEqual([true, false]);
    let got = '';
    for await (const data of await agents.connect('a')) got += String(data);
    expect(got).toBe('an agent');
    server.close();
    await expect(agents.connect('a')).rejects.toMatchObject({ code: 'SSH_AGENT' });
  });

  it('starts an agent for keys, private to the user, and ends it', async () => {
    const folder = temporaryFolder();
    const agent = await startKeyAgent([makeKey(folder, 'one'), makeKey(folder, 'two')], folder);
    expect(await keysAt(agent.path)).toMatch(/ one .* two /s);
    agent.dispose();
    await expect.poll(() => canConnect(agent.path)).toBe(false);
    await expect.poll(() => readdirSync(folder).filter((name) => name.startsWith('agent-'))).toEqual([]);
  });

  it('does not wait for a passphrase, nor take what is no key', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'none'), 'no key');
    chmodSync(join(folder, 'none'), 0o600);
    for (const key of [makeKey(folder, 'locked', 'a passphrase'), join(folder, 'none')]) {
      await expect(startKeyAgent([key], folder)).rejects.toMatchObject({
        code: 'SSH_AGENT',
        message: expect.stringContaining(key),
      });
    }
    await expect.poll(() => readdirSync(folder).filter((name) => name.startsWith('agent-'))).toEqual([]);
  });

  it('an agent for keys does not outlive the program that started it, however that ends', async () => {
    const folder = temporaryFolder();
    const child = startChild(childBundle, [makeKey(folder, 'key'), folder]);
    const socket = (await child.firstLine)!;
    expect(await keysAt(socket)).toMatch(/ key /);
    child.process.kill('SIGKILL');
    // OpenSSH's agent looks every 10 s whether it is still wanted.
    await expect.poll(() => canConnect(socket), { timeout: 30_000, interval: 500 }).toBe(false);
  });
});
