import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { findDockerContexts } from '../../../src/client/dockerContexts.ts';
import { clientLimits } from '../../../src/client/limits.ts';
import { temporaryFolder } from '../../support/temporary.ts';

let home: string;

beforeEach(() => {
  home = temporaryFolder();
  mkdirSync(join(home, '.docker'));
});

function writeMeta(name: string, content: unknown, config = join(home, '.docker')): void {
  const folder = join(config, 'contexts/meta', createHash('sha256').update(name).digest('hex'));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'meta.json'), typeof content === 'string' ? content : JSON.stringify(content));
}

function writeContext(name: string, host: string, config?: string): void {
  writeMeta(name, { Name: name, Metadata: {}, Endpoints: { docker: { Host: host, SkipTLSVerify: false } } }, config);
}

const find = (env: Record<string, string> = {}) => findDockerContexts({ env, home });

describe('docker contexts', () => {
  test('are found with their endpoints, the default first', async () => {
    writeContext('remote', 'ssh://user@host');
    writeContext('desktop-linux', 'unix:///home/user/.docker/desktop/docker.sock');
    writeFileSync(join(home, '.docker/config.json'), JSON.stringify({ currentContext: 'remote' }));
    expect(await find()).toEqual([
      { name: 'default', host: '', current: false },
      { name: 'desktop-linux', host: 'unix:///home/user/.docker/desktop/docker.sock', current: false },
      { name: 'remote', host: 'ssh://user@host', current: true },
    ]);
  });

  test('without any configuration are the default alone', async () => {
    expect(await findDockerContexts({ env: {}, home: join(home, 'nowhere') })).toEqual([
      { name: 'default', host: '', current: true },
    ]);
  });

  test('are those of DOCKER_CONFIG where it is set', async () => {
    const config = join(home, 'elsewhere');
    writeContext('here', 'tcp://here:1', config);
    writeContext('not here', 'tcp://there:1');
    expect((await find({ DOCKER_CONFIG: config })).map(({ name }) => name)).toEqual(['default', 'here']);
  });

  test('are chosen as docker does it: DOCKER_HOST, DOCKER_CONTEXT, what was configured', async () => {
    writeContext('one', 'tcp://one:1');
    writeContext('two', 'tcp://two:2');
    writeFileSync(join(home, '.docker/config.json'), JSON.stringify({ currentContext: 'one' }));
    const current = async (env: Record<string, string>) => (await find(env)).filter(({ current }) => current);
    expect(await current({})).toMatchObject([{ name: 'one' }]);
    expect(await current({ DOCKER_CONTEXT: 'two' })).toMatchObject([{ name: 'two' }]);
    const both = { DOCKER_CONTEXT: 'two', DOCKER_HOST: 'tcp://other:3' };
    expect(await current(both)).toEqual([{ name: 'default', host: 'tcp://other:3', current: true }]);
  });

  test('with broken, foreign or huge files are left out, and the others stay', async () => {
    writeContext('good', 'tcp://good:1');
    writeMeta('broken', '{"Name":');
    writeMeta('list', []);
    writeMeta('null', 'null');
    writeMeta('nameless', { Endpoints: { docker: { Host: 'tcp://x:1' } } });
    writeMeta('number', { Name: 5, Endpoints: { docker: {} } });
    writeMeta('kubernetes', { Name: 'kubernetes', Endpoints: { kubernetes: {} } });
    writeMeta('huge', { Name: 'huge', Endpoints: { docker: {} }, more: ' '.repeat(clientLimits.dockerConfigBytes) });
    writeMeta('default', { Name: 'default', Endpoints: { docker: { Host: 'tcp://not-the-default:1' } } });
    writeFileSync(join(home, '.docker/config.json'), 'no json');
    writeFileSync(join(home, '.docker/contexts/meta/file'), '');
    expect(await find()).toEqual([
      { name: 'default', host: '', current: true },
      { name: 'good', host: 'tcp://good:1', current: false },
    ]);
  });

  test('without an endpoint of their own use the usual place', async () => {
    writeMeta('odd', { Name: 'odd', Endpoints: { docker: { Host: { not: 'text' } } } });
    expect(await find()).toMatchObject([{ name: 'default' }, { name: 'odd', host: '' }]);
  });
});
