import { describe, expect, it } from 'vitest';
import type { BuildRequest } from '../../../src/context/buildRequest.ts';
import { usualSettings } from '../../../src/context/buildSettings.ts';
import { buildOrder } from '../../../src/builder/solve/buildOrder.ts';
import type { Exporter } from '../../../src/builder/solve/exporter.ts';

const request = (details: Partial<BuildRequest> = {}): BuildRequest => ({
  dockerfile: { name: 'Dockerfile', content: Buffer.from('FROM scratch') },
  tags: [],
  target: undefined,
  buildArgs: new Map(),
  noCache: false,
  ...details,
});

const exporter: Exporter = { type: 'moby', attrs: { name: 'a,b:c' } };

const order = (details: Partial<BuildRequest> = {}) =>
  buildOrder(request(details), { def: [] }, exporter, { id: 'session', gateway: '172.17.0.1' });

describe('the solve of a build', () => {
  it('says as little as it can', () => {
    expect(order()).toMatchObject({
      session: 'session',
      frontend: 'dockerfile.v0',
      frontendAttrs: { filename: 'Dockerfile' },
      exporter: 'moby',
      exporterAttrs: { name: 'a,b:c' },
      entitlements: [],
    });
    expect(Object.keys(order().frontendInputs!)).toEqual(['context', 'dockerfile']);
  });

  it('of a context elsewhere has no graph of it', () => {
    const remote = { url: 'https://example.com/x.git#main', dockerfile: 'docker/D' };
    const { frontendAttrs, frontendInputs } = order({ remote });
    expect(frontendAttrs).toEqual({ filename: 'docker/D', context: 'https://example.com/x.git#main' });
    expect(frontendInputs).toEqual({});
    const own = order({ remote: { url: undefined, dockerfile: undefined } }).frontendAttrs;
    expect(own).toEqual({
      filename: 'Dockerfile',
      dockerfilekey: 'dockerfile',
      context: 'http://buildkit-session/session',
    });
    const named = buildOrder(request({ remote }), { def: [] }, exporter, { id: 's' }, new Map([['lib', { def: [] }]]));
    expect(named.frontendInputs).toEqual({ 'presync-lib': { def: [] } });
  });

  it('passes on what was asked for', () => {
    const buildArgs = new Map([
      ['A', '1'],
      ['__proto__', 'x'],
    ]);
    const { frontendAttrs, entitlements } = order({
      target: 'two',
      buildArgs,
      noCache: true,
      settings: {
        ...usualSettings,
        platforms: ['linux/amd64', 'linux/arm64'],
        labels: new Map([['a.b', 'c=d']]),
        pull: true,
        noCacheStages: ['never seen, for --no-cache is all of them'],
        network: 'host',
        hosts: ['me=1.2.3.4', 'host.docker.internal=host-gateway'],
        ulimits: ['nofile=1:2', 'core=0:0'],
        shmBytes: 1 << 20,
        cgroupParent: 'group',
        allow: ['network.host', 'security.insecure'],
        attests: new Map([['provenance', 'mode=max']]),
      },
    });
    expect(frontendAttrs).toEqual({
      filename: 'Dockerfile',
      target: 'two',
      'no-cache': '',
      'force-network-mode': 'host',
      'build-arg:A': '1',
      'build-arg:__proto__': 'x',
      platform: 'linux/amd64,linux/arm64',
      'label:a.b': 'c=d',
      'image-resolve-mode': 'pull',
      'add-hosts': 'me=1.2.3.4,host.docker.internal=172.17.0.1',
      ulimit: 'nofile=1:2,core=0:0',
      'shm-size': '1048576',
      'cgroup-parent': 'group',
      'attest:provenance': 'mode=max',
    });
    expect(entitlements).toEqual(['network.host', 'security.insecure']);
  });

  it('names stages that run anew, and caches', () => {
    const place = { type: 'registry', attributes: new Map([['ref', 'r/app']]) };
    const settings = { ...usualSettings, noCacheStages: ['a', 'b'], cacheFrom: [place], cacheTo: [place] };
    const { frontendAttrs, cache } = order({ settings });
    expect(frontendAttrs).toMatchObject({
      'no-cache': 'a,b',
      'cache-imports': '[{"Type":"registry","Attrs":{"ref":"r/app"}}]',
    });
    // What is written is the exporter's.
    expect(cache).toEqual({ imports: [{ type: 'registry', attrs: { ref: 'r/app' } }], exports: [] });
  });

  it('has further contexts as inputs, under names that are no others', () => {
    const named = new Map([['context', { def: [new Uint8Array([1])] }]]);
    const settings = { ...usualSettings, contexts: new Map([['base', 'docker-image://x']]) };
    const { frontendAttrs, frontendInputs } = buildOrder(
      request({ settings }),
      { def: [] },
      exporter,
      { id: 's' },
      named,
    );
    expect(frontendAttrs).toMatchObject({
      'context:context': 'input:presync-context',
      'context:base': 'docker-image://x',
      'frontend.caps': 'moby.buildkit.frontend.contexts+forward',
    });
    expect(Object.keys(frontendInputs!).sort()).toEqual(['context', 'dockerfile', 'presync-context']);
    expect(frontendInputs!['context']).toEqual({ def: [] });
  });

  it('knows no host gateway where the builder tells none', () => {
    const settings = { ...usualSettings, hosts: ['me=host-gateway'] };
    expect(() => buildOrder(request({ settings }), { def: [] }, exporter, { id: 'session' })).toThrow(
      expect.objectContaining({ code: 'BUILDER_UNSUPPORTED' }),
    );
  });

  it('refuses names that mean something else', () => {
    for (const name of ['', 'a/b', '../x', 'a\0']) {
      const dockerfile = { name, content: Buffer.alloc(0) };
      expect(() => order({ dockerfile })).toThrow(expect.objectContaining({ code: 'DOCKERFILE_INVALID' }));
    }
  });
});
