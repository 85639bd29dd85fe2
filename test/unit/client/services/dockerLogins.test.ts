import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openLogins } from '../../../../src/client/services/dockerLogins.ts';
import { temporaryFolder } from '../../../support/temporary.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');

/** A config directory of the docker CLI. */
function configured(config: unknown): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'config.json'), typeof config === 'string' ? config : JSON.stringify(config));
  return folder;
}

async function account(config: unknown, host: string) {
  return (await openLogins(configured(config)))?.account(host);
}

/** Puts a credential helper on the path: a shell script. Everything that it reads is in `asked`. */
function helper(name: string, script: string): { readonly asked: string } {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'bin'));
  const path = join(folder, 'bin', `docker-credential-${name}`);
  writeFileSync(path, `#!/bin/sh\ncat > ${folder}/asked\n${script}\n`);
  chmodSync(path, 0o755);
  const before = process.env['PATH'];
  process.env['PATH'] = join(folder, 'bin') + delimiter + before;
  onTestFinished(() => void (process.env['PATH'] = before));
  return { asked: join(folder, 'asked') };
}

describe('the logins of the docker CLI', () => {
  it('are none without a config, or with an empty one', async () => {
    expect(await openLogins(temporaryFolder())).toBeUndefined();
    for (const config of [{}, { auths: {} }, { credsStore: '' }, { credHelpers: {} }, []]) {
      expect(await openLogins(configured(config))).toBeUndefined();
    }
  });

  it.each<[string, unknown, string, unknown]>([
    [
      'auth',
      { auths: { 'r.test:5000': { auth: base64('me:pa:ss') } } },
      'r.test:5000',
      { name: 'me', secret: 'pa:ss' },
    ],
    ['a padded auth', { auths: { r: { auth: base64('me:pass\0') } } }, 'r', { name: 'me', secret: 'pass' }],
    ['a URL', { auths: { 'https://r.test/v2/': { auth: base64('me:p') } } }, 'r.test', { name: 'me', secret: 'p' }],
    [
      'an identity token',
      { auths: { r: { auth: base64('me:'), identitytoken: 't' } } },
      'r',
      { name: '', secret: 't' },
    ],
    ['username and password', { auths: { r: { username: 'me', password: 'p' } } }, 'r', { name: 'me', secret: 'p' }],
    [
      'Docker Hub by the name of its registry',
      { auths: { 'https://index.docker.io/v1/': { auth: base64('me:p') } } },
      'registry-1.docker.io',
      { name: 'me', secret: 'p' },
    ],
    ['another registry', { auths: { 'r.test': { auth: base64('me:p') } } }, 'q.test', undefined],
    ['a name that every object has', { auths: { r: { auth: base64('me:p') } } }, 'constructor', undefined],
    ['a login without anything', { auths: { r: {} } }, 'r', undefined],
  ])('%s', async (_, config, host, expected) => {
    expect(await account(config, host)).toEqual(expected);
  });

  it('are read when they are asked for', async () => {
    const folder = configured({ auths: { r: {} } });
    const logins = await openLogins(folder);
    writeFileSync(join(folder, 'config.json'), JSON.stringify({ auths: { r: { auth: base64('new:p') } } }));
    expect(await logins!.account('r')).toEqual({ name: 'new', secret: 'p' });
  });

  it.each(['{', '{"auths": {"r": {"auth": "c2VjcmV0"}}}'])(
    'that cannot be read are told without them: %s',
    async (text) => {
      const folder = configured({ credsStore: 'x' });
      const logins = await openLogins(folder);
      writeFileSync(join(folder, 'config.json'), text);
      await expect(logins!.account('r')).rejects.toMatchObject({
        code: 'REGISTRY_LOGIN',
        message: expect.not.stringContaining('secret'),
        hint: expect.stringMatching(/docker login/),
      });
    },
  );
});

describe('a credential helper', () => {
  it('is asked for the registry by its standard input, and may keep a token', async () => {
    const { asked } = helper('kept', `echo '{"ServerURL":"x","Username":"me","Secret":"s"}'`);
    expect(await account({ credsStore: 'kept' }, 'r.test')).toEqual({ name: 'me', secret: 's' });
    expect(readFileSync(asked, 'utf8')).toBe('r.test');
    expect(await account({ credsStore: 'kept' }, 'registry-1.docker.io')).toEqual({ name: 'me', secret: 's' });
    expect(readFileSync(asked, 'utf8')).toBe('https://index.docker.io/v1/');
    helper('token', `echo '{"Username":"<token>","Secret":"t"}'`);
    expect(await account({ credsStore: 'token' }, 'r.test')).toEqual({ name: '', secret: 't' });
  });

  it('of one registry comes before that of all, and is not asked for others', async () => {
    helper('one', `echo '{"Username":"one","Secret":"s"}'`);
    helper('all', `echo '{"Username":"all","Secret":"s"}'`);
    const config = { credsStore: 'all', credHelpers: { 'r.test': 'one' }, auths: { 'q.test': {} } };
    expect(await account(config, 'r.test')).toMatchObject({ name: 'one' });
    expect(await account(config, 'q.test')).toMatchObject({ name: 'all' });
  });

  it('may know nothing of a registry', async () => {
    helper('empty', 'echo "credentials not found in native keychain"; exit 1');
    expect(await account({ credsStore: 'empty' }, 'r.test')).toBeUndefined();
  });

  it.each([
    ['fails', 'echo "the keychain is locked" >&2; exit 1', /the keychain is locked/],
    ['prints no JSON', 'echo tell-nobody', /printed no JSON/],
    ['prints no login', `echo '{"Secret": 7}'`, /printed no login/],
  ])('that %s is named, and not what it printed', async (_, script, what) => {
    helper('bad', script);
    await expect(account({ credsStore: 'bad' }, 'r')).rejects.toMatchObject({
      code: 'REGISTRY_LOGIN',
      message: expect.stringMatching(what),
    });
    await expect(account({ credsStore: 'bad' }, 'r')).rejects.not.toMatchObject({
      message: expect.stringContaining('tell-nobody'),
    });
  });

  it('that is not installed, or is none, is named', async () => {
    await expect(account({ credsStore: 'absent' }, 'r')).rejects.toMatchObject({ code: 'PROGRAM_FAILED' });
    for (const name of ['../x', 'a b', '/bin/sh', 'x;y']) {
      await expect(account({ credsStore: name }, 'r')).rejects.toMatchObject({ code: 'REGISTRY_LOGIN' });
    }
  });
});
