import { describe, expect, it, test } from 'vitest';
import { parseByteSize } from '../../../../src/cli/settings/byteSize.ts';
import { parseSettings } from '../../../../src/cli/settings/buildSettings.ts';
import type { SettingFlags } from '../../../../src/cli/settings/buildSettings.ts';
import { usualSettings } from '../../../../src/context/buildSettings.ts';

describe('settings of a build', () => {
  it('are none when nothing is said', () => {
    expect(parseSettings({})).toBeUndefined();
    expect(parseSettings({ pull: false, network: 'default' })).toBeUndefined();
  });

  test.each<[SettingFlags, object]>([
    [
      { platform: ['linux/amd64,linux/arm/v7', 'linux/arm64'] },
      { platforms: ['linux/amd64', 'linux/arm/v7', 'linux/arm64'] },
    ],
    [
      { label: ['a=b=c', 'alone', 'with=a, comma'] },
      {
        labels: new Map([
          ['a', 'b=c'],
          ['alone', ''],
          ['with', 'a, comma'],
        ]),
      },
    ],
    [{ pull: true }, { pull: true }],
    [{ noCacheFilter: ['a,b', 'c'] }, { noCacheStages: ['a', 'b', 'c'] }],
    [{ network: 'none' }, { network: 'none' }],
    [
      { addHost: ['a:1.2.3.4,b=::1', 'c:[fe80::2]', 'd:fe80::3', 'me=host-gateway'] },
      { hosts: ['a=1.2.3.4', 'b=::1', 'c=fe80::2', 'd=fe80::3', 'me=host-gateway'] },
    ],
    [{ ulimit: ['nofile=1024', 'core=0:-1', 'cpu=-1'] }, { ulimits: ['nofile=1024:1024', 'core=0:-1', 'cpu=-1:-1'] }],
    [{ shmSize: '64m' }, { shmBytes: 64 << 20 }],
    [{ cgroupParent: '/a' }, { cgroupParent: '/a' }],
    [{ allow: ['network.host,security.insecure'] }, { allow: ['network.host', 'security.insecure'] }],
    [
      { cacheFrom: ['user/app:cache', 'type=registry,ref=r/x'], cacheTo: ['type=inline'] },
      {
        cacheFrom: [
          { type: 'registry', attributes: new Map([['ref', 'user/app:cache']]) },
          { type: 'registry', attributes: new Map([['ref', 'r/x']]) },
        ],
        cacheTo: [{ type: 'inline', attributes: new Map() }],
      },
    ],
    [
      { attest: ['type=sbom,generator=g'], provenance: 'mode=max' },
      {
        attests: new Map([
          ['sbom', 'generator=g'],
          ['provenance', 'mode=max'],
        ]),
      },
    ],
    [{ provenance: 'true', sbom: 'false' }, { attests: new Map([['provenance', '']]) }],
    [{ attest: ['type=sbom', 'type=provenance'], sbom: 'false' }, { attests: new Map([['provenance', '']]) }],
  ])('%j', (flags, expected) => {
    expect(parseSettings(flags)).toEqual({ ...usualSettings, ...expected });
  });

  test.each<[SettingFlags, string?]>([
    [{ platform: ['linux/a/b/c'] }],
    [{ platform: ['local'] }],
    [{ addHost: ['a'] }],
    [{ addHost: ['a:1.2.3'] }],
    [{ addHost: [':1.2.3.4'] }],
    [{ ulimit: ['nofile'] }],
    [{ ulimit: ['files=1'] }],
    [{ ulimit: ['nofile=2:1'] }],
    [{ ulimit: ['nofile=-1:1'] }],
    [{ shmSize: '' }],
    [{ cacheFrom: [''] }],
    [{ cacheTo: ['ref=x'] }],
    [{ cacheTo: ['type=registry,type=inline'] }],
    [{ cacheFrom: ['type=local,src=x'] }, 'BUILDER_UNSUPPORTED'],
    [{ attest: ['type=other'] }],
    [{ attest: ['sbom'] }],
  ])('%j is refused', (flags, code = 'USAGE') => {
    expect(() => parseSettings(flags)).toThrow(expect.objectContaining({ code }));
  });
});

describe('sizes', () => {
  test.each([
    ['1', 1],
    ['1b', 1],
    ['2k', 2048],
    ['2KB', 2048],
    ['1.5 GiB', 1.5 * 1024 ** 3],
    ['3t', 3 * 1024 ** 4],
  ])('%s', (text, bytes) => {
    expect(parseByteSize('shm-size', text)).toBe(bytes);
  });

  test.each(['', '0', '-1', 'm', '1x', '1 000', '99999p', '1e3'])('%j is none', (text) => {
    expect(() => parseByteSize('shm-size', text)).toThrow(expect.objectContaining({ code: 'USAGE' }));
  });
});
