import { describe, expect, test } from 'vitest';
import { isOnThisMachine, parseDaemonEndpoint } from '../../../src/transfer/daemonEndpoint.ts';

describe('the address of a daemon', () => {
  test.each([
    ['unix:///run/presync.sock', { kind: 'socket', socketPath: '/run/presync.sock' }],
    ['npipe:////./pipe/presync', { kind: 'socket', socketPath: '\\\\.\\pipe\\presync' }],
    ['tcp://127.0.0.1:7420', { kind: 'tcp', host: '127.0.0.1', port: 7420, tls: false }],
    ['tcp://127.8.9.1:7420', { kind: 'tcp', host: '127.8.9.1', port: 7420, tls: false }],
    ['tcp://localhost:7420', { kind: 'tcp', host: 'localhost', port: 7420, tls: false }],
    ['tcp://[::1]:7420', { kind: 'tcp', host: '::1', port: 7420, tls: false }],
    ['wss://build.example.org:7420', { kind: 'tcp', host: 'build.example.org', port: 7420, tls: true }],
    ['wss://build.example.org', { kind: 'tcp', host: 'build.example.org', port: 443, tls: true }],
    ['wss://10.0.0.7:7420/', { kind: 'tcp', host: '10.0.0.7', port: 7420, tls: true }],
    ['ssh://me@host', { kind: 'ssh', destination: 'me@host', port: undefined, program: undefined }],
    ['ssh://host', { kind: 'ssh', destination: 'host', port: undefined, program: undefined }],
    ['ssh://me@host:2222', { kind: 'ssh', destination: 'me@host', port: 2222, program: undefined }],
    ['ssh://me@host/opt/presync', { kind: 'ssh', destination: 'me@host', port: undefined, program: '/opt/presync' }],
    ['ssh://[::1]:22', { kind: 'ssh', destination: '::1', port: 22, program: undefined }],
  ])('%s', (spec, expected) => {
    expect(parseDaemonEndpoint(spec)).toMatchObject({ ...expected, label: spec });
  });

  test.each([
    '',
    'presync',
    'unix://relative',
    'unix://',
    'http://127.0.0.1:7420',
    'tcp://127.0.0.1',
    'tcp://127.0.0.1:7420/path',
    'tcp://user@127.0.0.1:7420',
    'tcp://127.0.0.1:99999',
    'wss://user:password@host:1',
    'wss://host:1/?token=secret',
    'ssh://',
    'ssh://me:password@host',
    'ssh://-oProxyCommand=x@host',
    'ssh://-oProxyCommand=x',
    'ssh://host;id',
    'ssh://$(id)@host',
    'ssh://host/a b',
    'ssh://host/a;id',
    "ssh://host/a'b",
    'ssh://host/$(id)',
    `unix:///${'x'.repeat(103)}`,
  ])('is not %j', (spec) => {
    expect(() => parseDaemonEndpoint(spec)).toThrow(expect.objectContaining({ code: 'BAD_ENDPOINT' }));
  });

  test.each(['tcp://10.0.0.7:7420', 'tcp://build.example.org:7420', 'tcp://0.0.0.0:7420', 'tcp://128.0.0.1:7420'])(
    'is not %s: that would be in the clear, and what is better is named',
    (spec) => {
      const port = spec.replace('tcp:', 'wss:');
      expect(() => parseDaemonEndpoint(spec)).toThrow(
        expect.objectContaining({ code: 'BAD_ENDPOINT', hint: expect.stringContaining(port) as string }),
      );
    },
  );

  test('is on this machine for sure only where it is a socket', () => {
    const local = (spec: string) => isOnThisMachine(parseDaemonEndpoint(spec));
    expect(['unix:///x', 'tcp://127.0.0.1:1', 'wss://a:1', 'ssh://a'].map(local)).toEqual([true, false, false, false]);
  });
});
