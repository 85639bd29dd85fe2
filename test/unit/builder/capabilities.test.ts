import { describe, expect, it, test } from 'vitest';
import type { EngineInfo } from '../../../src/builder/engineInfo.ts';
import { checkCapabilities } from '../../../src/builder/solve/capabilities.ts';
import type { BuildRequest } from '../../../src/context/buildRequest.ts';
import type { BuildSettings } from '../../../src/context/buildSettings.ts';
import { usualSettings } from '../../../src/context/buildSettings.ts';

const old: EngineInfo = { kind: 'docker', version: '20.10.24', apiVersion: '1.41', label: '' };
const newer: EngineInfo = { kind: 'docker', version: '26.1.5', apiVersion: '1.45', label: '' };
const unsupported: unknown = expect.objectContaining({ code: 'BUILDER_UNSUPPORTED' });

const request = (settings: Partial<BuildSettings>): BuildRequest => ({
  dockerfile: { name: 'Dockerfile', content: Buffer.from('FROM scratch') },
  tags: [],
  target: undefined,
  buildArgs: new Map(),
  noCache: false,
  settings: { ...usualSettings, ...settings },
});

describe('what an engine can do', () => {
  test.each<[Partial<BuildSettings>]>([[{ ulimits: ['nofile=1:1'] }], [{ shmBytes: 1 }], [{ cgroupParent: 'a' }]])(
    '%j is refused for Docker 20.10, which would pass over it',
    (settings) => {
      expect(() => checkCapabilities(request(settings), old, 'docker')).toThrow(unsupported);
      checkCapabilities(request(settings), newer, 'docker');
    },
  );

  test.each<[Partial<BuildSettings>]>([
    [{ platforms: ['linux/amd64', 'linux/arm64'] }],
    [{ attests: new Map([['sbom', '']]) }],
    [{ cacheTo: [{ type: 'registry', attributes: new Map() }] }],
  ])('%j is refused for Docker’s own image store', (settings) => {
    expect(() => checkCapabilities(request(settings), newer, 'docker')).toThrow(unsupported);
    checkCapabilities(request(settings), newer, 'docker-containerd');
  });

  it('contexts by name are refused for the frontend of Docker 20.10, not for one that is named', () => {
    const contexts = request({ contexts: new Map([['a', 'docker-image://b']]) });
    expect(() => checkCapabilities(contexts, old, 'docker')).toThrow(unsupported);
    expect(() => checkCapabilities(request({}), old, 'docker', true)).toThrow(unsupported);
    checkCapabilities(contexts, newer, 'docker', true);
    const content = Buffer.from('# syntax=docker/dockerfile:1\nFROM a');
    checkCapabilities({ ...contexts, dockerfile: { name: 'Dockerfile', content } }, old, 'docker', true);
  });

  test.each(['ssh://git@example.com/x.git', 'https://example.com/x.git#main:sub', 'me@example.com:x.git'])(
    'the repository %s is refused for Docker 20.10, which takes it for something else',
    (url) => {
      const elsewhere = { ...request({}), remote: { url, dockerfile: 'Dockerfile' } };
      expect(() => checkCapabilities(elsewhere, old, 'docker')).toThrow(unsupported);
      checkCapabilities(elsewhere, newer, 'docker');
    },
  );

  test.each(['git@example.com:x.git#main', 'https://example.com/x.git', 'http://h:80/x.tar', undefined])(
    'the context %s is for every engine',
    (url) => {
      checkCapabilities({ ...request({}), remote: { url, dockerfile: 'Dockerfile' } }, old, 'docker');
    },
  );

  it('everything else is for every engine', () => {
    checkCapabilities({ ...request({}), settings: usualSettings }, old, 'docker');
    const cacheTo = [{ type: 'inline', attributes: new Map<string, string>() }];
    checkCapabilities(request({ platforms: ['linux/arm64'], cacheTo, pull: true }), old, 'docker');
  });
});
