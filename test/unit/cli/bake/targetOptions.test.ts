import { describe, expect, it, test } from 'vitest';
import { readPrinted } from '../../../../src/cli/bake/printBake.ts';
import type { BakeCommon } from '../../../../src/cli/bake/targetOptions.ts';
import { targetOptions } from '../../../../src/cli/bake/targetOptions.ts';

const common: BakeCommon = {
  debug: false,
  daemon: undefined,
  context: 'needed',
  proof: 'concurrent',
  builder: 'unix:///x',
  progress: 'auto',
  json: true,
};
const read = (fields: Record<string, unknown>) => targetOptions({ name: 'app', fields }, common);

describe('a target of bake', () => {
  it('is a build of the current folder when it says nothing', () => {
    expect(read({})).toMatchObject({
      options: { path: '.', file: undefined, targets: [], tags: [], builder: 'unix:///x', json: true },
      inline: undefined,
    });
  });

  it('says what the flags say', () => {
    const { options } = read({
      context: 'web',
      dockerfile: 'docker/D',
      target: 's',
      tags: ['a:1', 'b'],
      args: { A: '1', FROM_ENV: null },
      labels: { k: 'v=w' },
      secret: ['id=a,src=b'],
      ssh: ['default', { id: 'default' }, { id: 'k', paths: ['a', 'b'] }],
      contexts: { lib: '../lib', base: 'docker-image://alpine' },
      'extra-hosts': { db: '10.0.0.1' },
      entitlements: ['network.host'],
      call: 'build',
      description: 'a remark',
      output: ['type=docker'],
      'cache-from': ['type=registry,ref=r'],
      'cache-to': [{ type: 'registry', ref: 'a,"b"' }],
      platforms: ['linux/arm64'],
      'no-cache': true,
      'no-cache-filter': ['s'],
      pull: true,
      network: 'none',
      'shm-size': '1m',
      ulimits: ['nofile=1:1'],
      annotations: ['a=b'],
      attest: ['type=provenance'],
    });
    expect(options).toMatchObject({
      path: 'web',
      file: 'web/docker/D',
      targets: ['s'],
      tags: ['a:1', 'b'],
      buildArgs: ['A=1', 'FROM_ENV'],
      secrets: ['id=a,src=b'],
      agents: ['default', 'default', 'k=a,b'],
      noCache: true,
      outputs: ['type=docker'],
      annotations: ['a=b'],
      settings: {
        platform: ['linux/arm64'],
        label: ['k=v=w'],
        pull: true,
        noCacheFilter: ['s'],
        network: 'none',
        shmSize: '1m',
        ulimit: ['nofile=1:1'],
        cacheFrom: ['type=registry,ref=r'],
        cacheTo: ['"type=registry","ref=a,""b"""'],
        attest: ['type=provenance'],
        buildContext: ['lib=../lib', 'base=docker-image://alpine'],
        addHost: ['db=10.0.0.1'],
        allow: ['network.host'],
      },
    });
  });

  it('may have its Dockerfile in it, which has the last word', () => {
    expect(read({ 'dockerfile-inline': 'FROM a', dockerfile: 'D' })).toMatchObject({
      options: { file: undefined },
      inline: 'FROM a',
    });
    expect(read({ dockerfile: '/abs/D' }).options.file).toBe('/abs/D');
  });

  it('may have a context that the builder gets, and the Dockerfile in it', () => {
    for (const context of ['https://example.com/x.git#main', 'git@example.com:x.git']) {
      expect(read({ context, dockerfile: 'docker/D' }).options).toMatchObject({ path: context, file: 'docker/D' });
    }
  });

  /** The keys of a target of bake, as `--print` has them: those of buildx 0.29 (bake.Target), and a newer one. */
  const keys = {
    honoured: `annotations args attest cache-from cache-to call context contexts dockerfile dockerfile-inline entitlements
      extra-hosts labels network no-cache no-cache-filter output platforms pull secret shm-size ssh tags target ulimits`,
    remarks: 'description inherits matrix name',
    refused: 'policy',
  };
  test.each(Object.entries(keys).flatMap(([what, names]) => names.split(/\s+/).map((name) => [name, what] as const)))(
    '"%s" is %s',
    (key, what) => {
      const samples: Record<string, unknown> = {
        ...{ context: 'a', dockerfile: 'a', 'dockerfile-inline': 'a', target: 'a', network: 'none', 'shm-size': '1m' },
        ...{ call: 'build', pull: true, 'no-cache': true, args: { a: 'b' }, labels: { a: 'b' }, contexts: { a: 'b' } },
        'extra-hosts': { a: '1.2.3.4' },
      };
      const attempt = () => read({ [key]: samples[key] ?? ['a'] });
      if (what === 'refused') return expect(attempt).toThrow(expect.objectContaining({ code: 'BUILDER_UNSUPPORTED' }));
      const isSeen = JSON.stringify(attempt()) !== JSON.stringify(read({}));
      expect(isSeen).toBe(what === 'honoured' && key !== 'call');
    },
  );

  test.each<[Record<string, unknown>]>([
    [{ context: '-' }],
    [{ context: 1 }],
    [{ tags: 'a' }],
    [{ args: [] as unknown, labels: 3 }],
    [{ network: 'bridge' }],
    [{ 'no-cache': 'yes' }],
    [{ 'cache-from': [1] }],
    [{ ssh: [1] }],
    [{ ssh: [{ paths: ['a'] }] }],
    [{ contexts: 'a' }],
    [{ call: 'check' }],
    [{ policy: [] }],
    [{ 'something-new': true }],
  ])('%j is refused and never passed over', (fields) => {
    expect(() => read(fields)).toThrow(expect.objectContaining({ code: 'BUILDER_UNSUPPORTED' }));
  });
});

describe('what bake prints', () => {
  it('are targets by their names', () => {
    expect(readPrinted('{"target": {"a": {"target": "x"}, "__proto__": {}}}')).toEqual([
      { name: 'a', fields: { target: 'x' } },
      { name: '__proto__', fields: {} },
    ]);
  });

  test.each(['', '[]', '{}', '{"target": []}', '{"target": {"a": 1}}', 'x'])('%j is none of it', (text) => {
    expect(() => readPrinted(text)).toThrow(expect.objectContaining({ code: 'PROTOCOL' }));
  });
});
