/** A daemon behind a token: on a port of this machine, and with TLS for others. */
import type { ChildProcess } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CertificateAuthority } from '../support/certificates.ts';
import { useEngine } from '../support/engines.ts';
import { freePort } from '../support/freePort.ts';
import { finished, lastJson, temporarySandbox } from '../support/presyncCli.ts';
import { temporaryFolder, temporaryTag } from '../support/temporary.ts';

const engine = useEngine('trixie');

function context(): string {
  const root = temporaryFolder();
  writeFileSync(join(root, 'Dockerfile'), 'FROM scratch\nCOPY hello /hello\n');
  writeFileSync(join(root, 'hello'), 'hello');
  return root;
}

interface Listening {
  readonly url: string;
  readonly port: number;
  readonly tokenFile: string;
  readonly token: string;
  stop(): Promise<void>;
  start(): Promise<void>;
}

/** A daemon of another user's, as far as this machine has one: nothing is shared with the clients but the token. */
async function listening(
  scheme: 'tcp' | 'wss',
  options: { tokenFile?: string; cert?: string; key?: string } = {},
): Promise<Listening> {
  const operator = temporarySandbox(engine.host);
  const port = await freePort();
  const url = `${scheme}://127.0.0.1:${port}`;
  const tokenFile = options.tokenFile ?? join(operator.env['XDG_DATA_HOME']!, 'presync', 'token');
  const token = options.tokenFile === undefined ? [] : ['--token-file', options.tokenFile];
  const tls = options.cert === undefined ? [] : ['--tls-cert', options.cert, '--tls-key', options.key!];
  let daemon: ChildProcess;
  const start = async () => {
    daemon = operator.spawn(['daemon', '--listen', url, ...token, ...tls]);
    let words = '';
    daemon.stdout!.on('data', (text) => (words += String(text)));
    daemon.stderr!.on('data', (text) => (words += String(text)));
    await operator.waitFor('the daemon to listen', () => {
      if (daemon.exitCode !== null) throw new Error(words);
      return Promise.resolve(words.includes('"listening"'));
    });
  };
  const stop = async () => {
    const ended = finished(daemon, 'the daemon');
    daemon.kill('SIGTERM');
    await ended;
  };
  await start();
  onTestFinished(() => void daemon.kill('SIGKILL'));
  return { url, port, tokenFile, token: readFileSync(tokenFile, 'utf8').trim(), stop, start };
}

/** Sends bytes and returns the status of the answer. */
function ask(port: number, lines: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.setTimeout(10_000, () => socket.destroy(new Error('no answer')));
    socket.on('data', (bytes) => {
      answer += bytes.toString('latin1');
      const status = /^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1];
      if (status === undefined) return;
      socket.destroy();
      resolve(Number(status));
    });
    socket.once('error', reject);
    socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  });
}

describe('a daemon on a port of this machine', () => {
  it('makes a token for its owner alone, and builds for who shows it', async () => {
    const { url, tokenFile, token } = await listening('tcp');
    expect(token).toMatch(/^[0-9a-f]{64}$/);
    expect(statSync(tokenFile).mode & 0o777).toBe(0o600);
    // The client's own engine is nowhere: the daemon has one.
    const client = temporarySandbox('unix:///nowhere/docker.sock');
    const tag = temporaryTag(engine.api);
    const built = await client.build(context(), { tag }, { args: ['--daemon', url, '--token-file', tokenFile] });
    expect(await engine.api.imageId(tag)).toBe(built.imageId);
  });

  it('keeps a token that is there', async () => {
    const given = join(temporaryFolder(), 'token');
    writeFileSync(given, 'f'.repeat(64), { mode: 0o600 });
    const { url } = await listening('tcp', { tokenFile: given });
    const client = temporarySandbox('unix:///nowhere/docker.sock');
    await client.build(context(), {}, { args: ['--daemon', url, '--token-file', given] });
  });

  it('answers nobody else, before it has read what they want', async () => {
    const { port, token } = await listening('tcp');
    const host = `Host: 127.0.0.1:${port}`;
    const authorization = `Authorization: Bearer ${token}`;
    const upgrade = [
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
      'Sec-WebSocket-Protocol: presync.v1',
    ];
    const sync = 'GET /presync/v1/sync HTTP/1.1';
    expect(await ask(port, [sync, host, authorization, ...upgrade])).toBe(101);
    expect(await ask(port, [sync, host, ...upgrade])).toBe(401);
    expect(await ask(port, [sync, host, `${authorization}0`, ...upgrade])).toBe(401);
    expect(await ask(port, [sync, host, authorization, authorization, ...upgrade])).toBe(401);
    expect(await ask(port, [sync, host, authorization, 'Origin: https://evil.example', ...upgrade])).toBe(403);
    expect(await ask(port, [sync, 'Host: evil.example', authorization, ...upgrade])).toBe(403);
    expect(await ask(port, [sync, host, host, authorization, ...upgrade])).toBe(403);
    const status = 'GET /presync/v1/status HTTP/1.1';
    expect(await ask(port, [status, host, authorization])).toBe(200);
    expect(await ask(port, [status, host])).toBe(401);
    expect(await ask(port, ['POST /presync/v1/drain HTTP/1.1', host, 'Content-Length: 0'])).toBe(401);
    expect(await ask(port, [`GET /presync/v1/status?token=${token} HTTP/1.1`, host])).toBe(401);
  });

  it('cuts who does not say what they want', { timeout: 60_000 }, async () => {
    const { port } = await listening('tcp');
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {}).resume();
    socket.write('GET /presync/v1/sync HTTP/1.1\r\nHost: ');
    const start = Date.now();
    await new Promise((resolve) => socket.once('close', resolve));
    expect(Date.now() - start).toBeLessThan(15_000);
  });

  it('says that a token is wrong, and how to get the right one', async () => {
    const { url } = await listening('tcp');
    const client = temporarySandbox(engine.host);
    const tokenFile = join(temporaryFolder(), 'token');
    writeFileSync(tokenFile, '0'.repeat(64), { mode: 0o600 });
    const { result } = await client.tryBuild(context(), {}, { args: ['--daemon', url, '--token-file', tokenFile] });
    expect(result).toMatchObject({ ok: false, code: 'UNAUTHORIZED', hint: expect.stringContaining('--token-file') });
    const without = await client.tryBuild(context(), {}, { args: ['--daemon', url] });
    expect(without.result).toMatchObject({ ok: false, code: 'UNAUTHORIZED' });
  });

  it('is missed where none listens', async () => {
    const client = temporarySandbox(engine.host);
    const tokenFile = join(temporaryFolder(), 'token');
    writeFileSync(tokenFile, '0'.repeat(64), { mode: 0o600 });
    const url = `tcp://127.0.0.1:${await freePort()}`;
    const { result } = await client.tryBuild(context(), {}, { args: ['--daemon', url, '--token-file', tokenFile] });
    expect(result).toMatchObject({ ok: false, code: 'DAEMON_NOT_FOUND' });
  });

  it('that was gone is followed again by itself, and nothing is lost', async () => {
    const daemon = await listening('tcp');
    const client = temporarySandbox('unix:///nowhere/docker.sock');
    const root = context();
    const access = ['--daemon', daemon.url, '--token-file', daemon.tokenFile];
    client.spawn(['watch', ...access, root]);
    const inSync = async () => {
      const status = lastJson(await client.run(['status', '--json', ...access]));
      const { contexts } = status as { contexts: { path: string; inSync: boolean }[] };
      return contexts.some(({ path, inSync }) => path === root && inSync);
    };
    await client.waitFor('the context to be in sync', inSync);
    await daemon.stop();
    writeFileSync(join(root, 'hello'), 'changed meanwhile');
    await daemon.start();
    await client.waitFor('the context to be in sync again', inSync);
    const built = await client.build(root, {}, { args: access });
    expect(built.ok).toBe(true);
  });

  it('refuses an address that would be in the clear', async () => {
    const sandbox = temporarySandbox(engine.host);
    const run = await sandbox.run(['daemon', '--listen', 'tcp://0.0.0.0:7420']);
    expect(run.status).toBe(2);
    expect(run.stderr).toContain('wss://');
  });
});

describe('a daemon with TLS', () => {
  it('is believed by the certificate of its own CA, and by no other', async () => {
    const authority = new CertificateAuthority(temporaryFolder());
    const identity = authority.issue('daemon', 'IP:127.0.0.1');
    const { url, tokenFile } = await listening('wss', identity);
    const client = temporarySandbox('unix:///nowhere/docker.sock');
    const access = ['--daemon', url, '--token-file', tokenFile];
    const { ok } = await client.build(context(), {}, { args: [...access, '--tls-ca', authority.certificate] });
    expect(ok).toBe(true);
    const unknown = await client.tryBuild(context(), {}, { args: access });
    expect(unknown.result).toMatchObject({
      ok: false,
      code: 'BAD_CERTIFICATE',
      hint: expect.stringContaining('--tls-ca'),
    });
    const other = new CertificateAuthority(temporaryFolder()).certificate;
    const wrong = await client.tryBuild(context(), {}, { args: [...access, '--tls-ca', other] });
    expect(wrong.result).toMatchObject({ ok: false, code: 'BAD_CERTIFICATE' });
  });

  it.each([
    ['has expired', 'IP:127.0.0.1', -1, 'clock'],
    ['is for another host', 'DNS:elsewhere.example', 2, 'host name'],
  ])('whose certificate %s is not believed', async (what, names, days, hint) => {
    const authority = new CertificateAuthority(temporaryFolder());
    const identity = authority.issue('daemon', names, days);
    const { url, tokenFile } = await listening('wss', identity);
    const args = ['--daemon', url, '--token-file', tokenFile, '--tls-ca', authority.certificate];
    const { result } = await temporarySandbox(engine.host).tryBuild(context(), {}, { args });
    expect(result).toMatchObject({ ok: false, code: 'BAD_CERTIFICATE' });
    expect(result).toMatchObject({ message: expect.stringContaining(what), hint: expect.stringContaining(hint) });
  });

  it('is told apart from a port that speaks no TLS', async () => {
    const { port, tokenFile } = await listening('tcp');
    const args = ['--daemon', `wss://127.0.0.1:${port}`, '--token-file', tokenFile];
    const { result } = await temporarySandbox(engine.host).tryBuild(context(), {}, { args });
    expect(result).toMatchObject({ ok: false, code: 'BAD_CERTIFICATE', message: expect.stringContaining('TLS') });
  });

  it('does not listen without a certificate, nor with one that is none', async () => {
    const sandbox = temporarySandbox(engine.host);
    const listen = ['daemon', '--listen', 'wss://127.0.0.1:7420'];
    expect(await sandbox.run(listen)).toMatchObject({ status: 2 });
    const none = join(temporaryFolder(), 'none');
    writeFileSync(none, 'no certificate');
    const run = await sandbox.run([...listen, '--tls-cert', none, '--tls-key', none]);
    expect(run).toMatchObject({ status: 1, stderr: expect.stringContaining('holds no certificate') });
  });

  it('refuses an unfinished handshake after a while', { timeout: 60_000 }, async () => {
    const authority = new CertificateAuthority(temporaryFolder());
    const identity = authority.issue('daemon', 'IP:127.0.0.1');
    const { port } = await listening('wss', identity);
    const silent = connect(port, '127.0.0.1');
    const start = Date.now();
    silent.on('error', () => {});
    await new Promise((resolve) => silent.once('close', resolve));
    expect(Date.now() - start).toBeLessThan(15_000);
    const honest = connectTls({ port, host: '127.0.0.1', ca: readFileSync(authority.certificate) });
    await new Promise((resolve) => honest.once('secureConnect', resolve));
    honest.destroy();
  });
});
