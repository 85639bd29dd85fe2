import { describe, expect, it } from 'vitest';
import type { EngineBuildRequest } from '../../../src/builder/solve/buildOrder.ts';
import { buildOrder } from '../../../src/builder/solve/buildOrder.ts';
import type { Exporter } from '../../../src/builder/solve/exporter.ts';

const request = (details: Partial<EngineBuildRequest> = {}): EngineBuildRequest => ({
  dockerfile: { name: 'Dockerfile', content: Buffer.from('FROM scratch') },
  tags: [],
  target: undefined,
  buildArgs: new Map(),
  noCache: false,
  ...details,
});

const exporter: Exporter = { type: 'moby', attrs: { name: 'a,b:c' } };

const order = (details: Partial<EngineBuildRequest> = {}) =>
  buildOrder(request(details), { def: [] }, exporter, 'session');

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

  it('passes on what was asked for', () => {
    const buildArgs = new Map([
      ['A', '1'],
      ['__proto__', 'x'],
    ]);
    const { frontendAttrs, entitlements } = order({
      target: 'two',
      buildArgs,
      noCache: true,
      network: 'host',
    });
    expect(frontendAttrs).toEqual({
      filename: 'Dockerfile',
      target: 'two',
      'no-cache': '',
      'force-network-mode': 'host',
      'build-arg:A': '1',
      'build-arg:__proto__': 'x',
    });
    expect(entitlements).toEqual(['network.host']);
  });

  it('refuses names that mean something else', () => {
    for (const name of ['', 'a/b', '../x', 'a\0']) {
      const dockerfile = { name, content: Buffer.alloc(0) };
      expect(() => order({ dockerfile })).toThrow(expect.objectContaining({ code: 'DOCKERFILE_INVALID' }));
    }
  });
});
