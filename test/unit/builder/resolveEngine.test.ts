import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { causeChain } from '../../../src/base/errors.ts';
import type { EndpointPort } from '../../../src/builder/endpoint/endpointPort.ts';
import { resolveEngine } from '../../../src/builder/endpoint/resolveEngine.ts';
import type { EngineEnvironment } from '../../../src/context/engineSelector.ts';

const home = '/home/ann';
const configDir = `${home}/.docker`;

/** A machine with the given files; a socket is a file of any content. */
function machine(files: Record<string, string> = {}, platform: NodeJS.Platform = 'linux'): EndpointPort {
  return {
    platform,
    readText: (path) => Promise.resolve(files[path]),
    exists: (path) => Promise.resolve(path in files),
  };
}

const resolve = (spec: string, env: EngineEnvironment = {}, port = machine()) =>
  resolveEngine({ spec, env: { HOME: home, ...env } }, port);

function contextFiles(name: string, docker: unknown, ...certificates: string[]): Record<string, string> {
  const id = createHash('sha256').update(name).digest('hex');
  const files: Record<string, string> = {
    [`${configDir}/contexts/meta/${id}/meta.json`]: JSON.stringify({ Name: name, Endpoints: { docker } }),
  };
  for (const file of certificates) files[`${configDir}/contexts/tls/${id}/docker/${file}`] = 'pem';
  return files;
}

const config = (currentContext: string) => ({ [`${configDir}/config.json`]: JSON.stringify({ currentContext }) });

describe('an engine named by URL', () => {
  it.each([
    ['unix:///run/my docker.sock', { kind: 'unix', path: '/run/my docker.sock' }],
    ['npipe:////./pipe/docker_engine', { kind: 'npipe', path: '\\\\.\\pipe\\docker_engine' }],
    ['tcp://build.example:1234', { kind: 'tcp', host: 'build.example', port: 1234, tls: undefined }],
    ['tcp://10.0.0.1', { kind: 'tcp', host: '10.0.0.1', port: 2375 }],
    ['tcp://[::1]:2375/', { kind: 'tcp', host: '::1', port: 2375 }],
  ])('%s', async (url, expected) => {
    expect(await resolve(url)).toEqual({
      tls: undefined,
      ...expected,
      label: url,
      ...(expected.kind === 'tcp' ? {} : { tls: undefined }),
    });
  });

  it.each([
    ['ssh://ann@build.example', { destination: 'ann@build.example' }],
    ['ssh://build.example:2222/', { destination: 'build.example', port: 2222 }],
    ['ssh://[::1]/run/user/7/docker.sock', { destination: '::1', socket: '/run/user/7/docker.sock' }],
  ])('%s', async (url, expected) => {
    const nothing = { port: undefined, socket: undefined };
    expect(await resolve(url)).toEqual({ kind: 'ssh', ...nothing, ...expected, label: url });
  });

  it.each([
    'ssh://',
    'ssh://-oProxyCommand=x',
    'ssh://ann:secret@host',
    'ssh://ann@host/a$(b)',
    'ssh://ann@host/?x',
    'ssh://a%20b@host',
    'docker.sock',
    '/var/run/docker.sock',
    'unix://relative.sock',
    'unix:///a\0b',
    'npipe://pipe',
    'http://localhost:2375',
    'fd://',
    'tcp://',
    'tcp://host:99999',
    'tcp://host/path',
    'tcp://user@host:2375',
    'tcp://host:2375?x',
    'constructor://x',
  ])('refuses %j', async (url) => {
    await expect(resolve(url)).rejects.toMatchObject({
      code: 'BAD_ENDPOINT',
      hint: expect.stringMatching(/unix:/) as unknown,
    });
  });

  it.each(['buildx://mine', 'docker-container://buildkitd'])('does not support %s yet', async (url) => {
    await expect(resolve(url)).rejects.toMatchObject({
      code: 'BUILDER_UNSUPPORTED',
      hint: expect.stringMatching(/\w/) as unknown,
    });
  });

  it('uses the TLS files of the environment for tcp', async () => {
    const port = machine({ '/certs/ca.pem': '', '/certs/cert.pem': '', '/certs/key.pem': '' });
    const env = { DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/certs' };
    expect(await resolve('tcp://host', env, port)).toMatchObject({
      port: 2376,
      tls: { ca: '/certs/ca.pem', cert: '/certs/cert.pem', key: '/certs/key.pem', verify: true },
    });
    const fromHome = machine({ [`${configDir}/ca.pem`]: '' });
    expect(await resolve('tcp://host', { DOCKER_TLS_VERIFY: '1' }, fromHome)).toMatchObject({
      tls: { ca: `${configDir}/ca.pem`, cert: undefined, key: undefined, verify: true },
    });
    expect(await resolve('tcp://host', { DOCKER_TLS_VERIFY: '1' })).toMatchObject({
      tls: { ca: undefined, verify: true },
    });
  });
});

describe('a docker context', () => {
  it('is read from its files, with its certificates', async () => {
    const files = contextFiles('build', { Host: 'tcp://b:1', SkipTLSVerify: true }, 'ca.pem', 'cert.pem', 'key.pem');
    const directory = `${configDir}/contexts/tls/${createHash('sha256').update('build').digest('hex')}/docker`;
    expect(await resolve('docker-context://build', {}, machine(files))).toEqual({
      kind: 'tcp',
      host: 'b',
      port: 1,
      tls: { ca: `${directory}/ca.pem`, cert: `${directory}/cert.pem`, key: `${directory}/key.pem`, verify: false },
      label: 'context build',
    });
  });

  it('may lie in another configuration folder', async () => {
    const id = createHash('sha256').update('x').digest('hex');
    const meta = JSON.stringify({ Endpoints: { docker: { Host: 'unix:///x.sock' } } });
    const port = machine({ [`/etc/dkr/contexts/meta/${id}/meta.json`]: meta });
    expect(await resolve('docker-context://x', { DOCKER_CONFIG: '/etc/dkr' }, port)).toMatchObject({ path: '/x.sock' });
  });

  it('must exist and be readable', async () => {
    await expect(resolve('docker-context://absent')).rejects.toMatchObject({ code: 'BAD_ENDPOINT' });
    const broken = contextFiles('b', {});
    for (const path of Object.keys(broken)) broken[path] = '{';
    await expect(resolve('docker-context://b', {}, machine(broken))).rejects.toMatchObject({ code: 'BAD_ENDPOINT' });
  });

  it('is not told with what its file holds, which may be logins', async () => {
    const files = { [`${configDir}/config.json`]: '{"auth":hunter2}' };
    const failure = await resolve('', {}, machine(files)).catch((thrown: unknown) => thrown);
    expect(failure).toMatchObject({ code: 'BAD_ENDPOINT', message: expect.stringContaining('config.json') as string });
    for (const { message } of causeChain(failure as Error)) expect(message).not.toContain('hunter2');
  });

  it('can be behind ssh', async () => {
    const port = machine(contextFiles('far', { Host: 'ssh://ann@far' }));
    expect(await resolve('docker-context://far', {}, port)).toMatchObject({ kind: 'ssh', destination: 'ann@far' });
  });

  it('called default is DOCKER_HOST, or the usual place', async () => {
    const env = { DOCKER_HOST: 'unix:///env.sock' };
    expect(await resolve('docker-context://default', env)).toMatchObject({ path: '/env.sock' });
    const port = machine({ '/var/run/docker.sock': '' });
    expect(await resolve('docker-context://default', {}, port)).toMatchObject({ path: '/var/run/docker.sock' });
  });
});

describe('the default engine', () => {
  const all = {
    ...contextFiles('one', { Host: 'unix:///one.sock' }),
    ...contextFiles('two', { Host: 'unix:///two.sock' }),
    ...config('two'),
    '/var/run/docker.sock': '',
  };

  it.each<[string, EngineEnvironment, Record<string, string>, string]>([
    ['DOCKER_HOST first', { DOCKER_HOST: 'unix:///h.sock', DOCKER_CONTEXT: 'one' }, all, '/h.sock'],
    ['then DOCKER_CONTEXT', { DOCKER_CONTEXT: 'one' }, all, '/one.sock'],
    ['then the current context', {}, all, '/two.sock'],
    [
      'then the system socket',
      {},
      { '/var/run/docker.sock': '', [`${home}/.docker/run/docker.sock`]: '' },
      '/var/run/docker.sock',
    ],
    [
      'then the rootless one',
      { XDG_RUNTIME_DIR: '/run/user/7' },
      { '/run/user/7/docker.sock': '' },
      '/run/user/7/docker.sock',
    ],
    [
      'then the one of the home folder',
      {},
      { [`${home}/.docker/run/docker.sock`]: '' },
      `${home}/.docker/run/docker.sock`,
    ],
    [
      'then that of Docker Desktop',
      {},
      { [`${home}/.docker/desktop/docker.sock`]: '' },
      `${home}/.docker/desktop/docker.sock`,
    ],
    [
      'also when the current context is default',
      {},
      { ...config('default'), '/var/run/docker.sock': '' },
      '/var/run/docker.sock',
    ],
    [
      'empty variables are none',
      { DOCKER_HOST: '', DOCKER_CONTEXT: '' },
      { '/var/run/docker.sock': '' },
      '/var/run/docker.sock',
    ],
  ])('%s', async (_, env, files, path) => {
    expect(await resolve('', env, machine(files))).toMatchObject({ kind: 'unix', path });
  });

  it('is a pipe on Windows', async () => {
    const pipe = '\\\\.\\pipe\\docker_engine';
    expect(await resolve('', {}, machine({ [pipe]: '' }, 'win32'))).toMatchObject({ kind: 'npipe', path: pipe });
  });

  it('on Windows the current context is that of the user’s profile, whatever HOME is', async () => {
    const USERPROFILE = 'C:\\Users\\ann';
    const files = { [`${USERPROFILE}/.docker/config.json`]: JSON.stringify({ currentContext: 'nowhere' }) };
    await expect(resolve('', { USERPROFILE }, machine(files, 'win32'))).rejects.toThrow(/nowhere/);
  });

  it('may be absent', async () => {
    await expect(resolve('')).rejects.toMatchObject({
      code: 'ENGINE_NOT_FOUND',
      hint: expect.stringMatching(/Install Docker/) as unknown,
    });
  });
});
