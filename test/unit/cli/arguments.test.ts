import { describe, expect, test } from 'vitest';
import { PresyncError } from '../../../src/base/errors.ts';
import { HelpShown, parseArguments } from '../../../src/cli/arguments.ts';
import type { Command } from '../../../src/cli/options.ts';

interface Parsed {
  readonly command?: Command;
  readonly error?: PresyncError;
  /** What was printed. */
  readonly text: string;
  /** The same on standard error. */
  readonly errors?: string;
}

function parse(...args: string[]): Parsed {
  let text = '';
  let errors = '';
  try {
    return {
      command: parseArguments(args, {
        version: '1.2.3',
        out: (part) => (text += part),
        err: (part) => (errors += part),
      }),
      text,
    };
  } catch (thrown) {
    if (thrown instanceof PresyncError) return { error: thrown, text, errors };
    if (thrown instanceof HelpShown) return { text, errors };
    throw thrown;
  }
}

const plainBuild = {
  path: '.',
  file: undefined,
  tags: [],
  targets: [],
  buildArgs: [],
  secrets: [],
  agents: [],
  noCache: false,
  outputs: [],
  annotations: [],
  settings: {},
  push: false,
  load: false,
  context: 'needed',
  proof: 'concurrent',
  builder: undefined,
  daemon: undefined,
  progress: 'auto',
  json: false,
  debug: false,
};

describe('build', () => {
  test.each<[string, object]>([
    ['build', {}],
    ['build dir', { path: 'dir' }],
    ['build -', { path: '-' }],
    ['build -f D dir', { path: 'dir', file: 'D' }],
    ['build --file=D', { file: 'D' }],
    ['build -f - dir', { path: 'dir', file: '-' }],
    ['build -t a -t b:1 --tag c', { tags: ['a', 'b:1', 'c'] }],
    ['build --target one --target two', { targets: ['one', 'two'] }],
    ['build --build-arg A=1 --build-arg B --build-arg __proto__=2', { buildArgs: ['A=1', 'B', '__proto__=2'] }],
    ['build --build-arg A=B=C,D', { buildArgs: ['A=B=C,D'] }],
    ['build --no-cache', { noCache: true }],
    ['build --context all', { context: 'all' }],
    ['build -q', { progress: 'quiet', quiet: true }],
    ['build --iidfile i --metadata-file m', { iidfile: 'i', metadataFile: 'm' }],
    ['build -o a --output b --annotation a=b', { outputs: ['a', 'b'], annotations: ['a=b'] }],
    [
      'build --platform a --platform b --label c --pull --no-cache-filter d --network none --add-host e --ulimit f',
      {
        settings: {
          platform: ['a', 'b'],
          label: ['c'],
          pull: true,
          noCacheFilter: ['d'],
          network: 'none',
          addHost: ['e'],
          ulimit: ['f'],
        },
      },
    ],
    [
      'build --shm-size a --cgroup-parent b --allow c --cache-from d --cache-to e --attest f --provenance g --sbom h',
      {
        settings: {
          shmSize: 'a',
          cgroupParent: 'b',
          allow: ['c'],
          cacheFrom: ['d'],
          cacheTo: ['e'],
          attest: ['f'],
          provenance: 'g',
          sbom: 'h',
        },
      },
    ],
    ['build --proof before', { proof: 'before' }],
    ['build --proof off', { proof: 'off' }],
    ['build --builder ssh://me@host', { builder: 'ssh://me@host' }],
    ['build --daemon tcp://127.0.0.1:1', { daemon: 'tcp://127.0.0.1:1' }],
    ['build --daemon wss://h --token-file t --tls-ca c', { daemon: 'wss://h', tokenFile: 't', tlsCa: 'c' }],
    ['build --progress rawjson --json --debug', { progress: 'rawjson', json: true, debug: true }],
    ['build -- -dir', { path: '-dir' }],
    ['build dir -t a', { path: 'dir', tags: ['a'] }],
  ])('%s', (line, options) => {
    expect(parse(...line.split(' '))).toEqual({
      command: { name: 'build', options: { ...plainBuild, ...options } },
      text: '',
    });
  });
});

describe('bake', () => {
  test.each<[string, string[], object]>([
    ['bake', ['--'], {}],
    ['bake a b', ['--', 'a', 'b'], {}],
    ['bake -f x -f y --set *.a=b a', ['-f', 'x', '-f', 'y', '--set', '*.a=b', '--', 'a'], {}],
    ['bake --no-cache --pull --push --load', ['--no-cache', '--pull', '--push', '--load', '--'], {}],
    [
      'bake --builder unix:///b --json --metadata-file m',
      ['--'],
      { builder: 'unix:///b', json: true, metadataFile: 'm' },
    ],
  ])('%s', (line, passed, options) => {
    expect(parse(...line.split(' ')).command).toMatchObject({ name: 'bake', options: { passed, ...options } });
  });
});

describe('other commands', () => {
  test.each<[string, object]>([
    ['watch', { name: 'watch', options: { path: '.', build: false } }],
    ['watch --build', { name: 'watch', options: { path: '.', build: true } }],
    [
      'watch dir -f D --builder unix:///b',
      { name: 'watch', options: { path: 'dir', file: 'D', builder: 'unix:///b' } },
    ],
    ['status', { name: 'status', options: { json: false } }],
    ['status --json', { name: 'status', options: { json: true } }],
    ['context dir --json', { name: 'context', options: { path: 'dir', json: true } }],
    ['gc', { name: 'gc', options: { args: [], json: false } }],
    ['gc --json --log-level warn', { name: 'gc', options: { args: ['--log-level', 'warn'], json: true } }],
    [
      'gc --max-size 10GB --older-than 7d --dry-run',
      {
        name: 'gc',
        options: { args: ['--max-size', '10737418240', '--older-than', '604800', '--dry-run'] },
      },
    ],
    ['verify --data /d --json', { name: 'verify', options: { args: ['--data', '/d'], json: true } }],
    [
      'daemon --listen unix:///s --log-level debug --idle 5 --debug',
      {
        name: 'daemon',
        options: {
          args: ['--listen', 'unix:///s', '--log-level', 'debug', '--idle', '5'],
          debug: true,
        },
      },
    ],
    [
      'daemon --listen wss://h:1 --token-file t --tls-cert c --tls-key k --builder tcp://b:2376',
      {
        name: 'daemon',
        options: {
          args: [
            ...['--listen', 'wss://h:1', '--token-file', 't', '--tls-cert', 'c', '--tls-key', 'k'],
            ...['--builder', 'tcp://b:2376'],
          ],
        },
      },
    ],
    ['daemon --stdio', { name: 'daemon', options: { args: ['--stdio'] } }],
    ['daemon --stdio --no-start', { name: 'daemon', options: { args: ['--no-start', '--stdio'] } }],
    ['install ssh://me@host', { name: 'install', options: { host: 'ssh://me@host' } }],
    ['status --token-file t --tls-ca c', { name: 'status', options: { tokenFile: 't', tlsCa: 'c' } }],
  ])('%s', (line, command) => {
    expect(parse(...line.split(' ')).command).toMatchObject(command);
  });
});

describe('bad usage', () => {
  test.each<[string[], string, string]>([
    [['buidl'], "Unknown command 'buidl' (Did you mean build?)", 'presync'],
    [['help', 'nope'], "Unknown command 'nope'.", 'presync'],
    [['--nope'], "Unknown option '--nope'.", 'presync'],
    [['build', 'a', 'b'], "Too many arguments for 'build'. Expected 1 argument but got 2.", 'presync build'],
    [['status', 'x'], "Too many arguments for 'status'. Expected 0 arguments but got 1.", 'presync status'],
    [['build', '--buildarg', 'x'], "Unknown option '--buildarg' (Did you mean --build-arg?)", 'presync build'],
    [['build', '-t'], "Option '-t, --tag <name>' argument missing.", 'presync build'],
    [['build', ''], /'' is invalid for argument 'path'/, 'presync build'],
    [['build', '-f', ''], /'-f, --file <dockerfile>' argument '' is invalid/, 'presync build'],
    [
      ['build', '--proof', 'maybe'],
      "Option '--proof <when>' argument 'maybe' is invalid. Allowed choices are before, concurrent, off.",
      'presync build',
    ],
    [['build', '--progress', 'tt'], /Allowed choices are auto, plain, tty, rawjson, quiet\.$/, 'presync build'],
    [['verify', '--log-level', 'loud'], /Allowed choices are error, warn, info, debug\.$/, 'presync verify'],
    [['build', '--context', ''], /Allowed choices are all, needed\.$/, 'presync build'],
    [['watch', '--json'], "Unknown option '--json'.", 'presync watch'],
    [['gc', '--idle', '3'], "Unknown option '--idle'.", 'presync gc'],
  ] as [string[], string, string][])('%j', (args, message, whose) => {
    const { error, text } = parse(...args);
    expect(error).toMatchObject({ code: 'USAGE', hint: `See "${whose} --help".` });
    expect(error?.message).toMatch(message);
    expect(text).toBe('');
  });

  test.each<[string[], string, RegExp]>([
    [['build', '--builder', 'foo://x'], '"foo://x" is no address of a builder.', /^Write unix:.*docker-context:/],
    [['watch', '--builder', 'mine'], '"mine" is no address of a builder.', /ssh:/],
    [['daemon', '--builder', 'unix://'], '"unix://" is no address of a builder.', /unix:/],
    [['build', '--daemon', 'bogus'], '"bogus" is no address of a daemon.', /^Write unix:.*wss:/],
    [['status', '--daemon', 'tcp://10.1.2.3:4'], '"tcp://10.1.2.3:4" would send everything in the clear.', /wss:/],
    [['daemon', '--listen', 'here'], '"here" is no address of a daemon.', /unix:/],
    [['install', 'foo'], '"foo" is no host that ssh can reach.', /^Write ssh:\/\/user@host\.$/],
    [['install', 'unix:///s'], '"unix:///s" is no host that ssh can reach.', /^Write ssh:\/\/user@host\.$/],
  ])('an address that is none: %j', (args, message, hint) => {
    expect(parse(...args).error).toMatchObject({ code: 'USAGE', message, hint: expect.stringMatching(hint) as string });
  });

  test('is one line, whatever was typed', () => {
    expect(parse('build', 'a', 'b\nc').error?.message).not.toContain('\n');
    expect(parse('bui\nld').error?.message).not.toContain('\n');
  });
});

describe('help', () => {
  test('of all commands', () => {
    const { text, command, error } = parse('--help');
    expect([command, error]).toEqual([undefined, undefined]);
    for (const name of ['build', 'bake', 'watch', 'status', 'context', 'daemon', 'gc', 'verify', 'install']) {
      expect(text).toMatch(new RegExp(`^  ${name} `, 'm'));
    }
  });

  test('of one command has its flags and their defaults, and no noise', () => {
    const { text } = parse('build', '--help');
    expect(text).toContain('Usage: presync build [options] [path]');
    expect(text.replace(/\s+/g, ' ')).toContain(
      '(choices: "auto", "plain", "tty", "rawjson", "quiet", default: "auto")',
    );
    expect(text).not.toMatch(/default: (false|\[\])/);
  });

  test('is asked for by a command too', () => {
    expect(parse('help')).toEqual(parse('--help'));
    expect(parse('help', 'gc').text).toContain('Usage: presync gc [options]');
    expect(parse('help', 'gc')).toEqual(parse('gc', '--help'));
  });

  test('is on standard error where nothing was asked for', () => {
    expect(parse()).toEqual({ text: '', errors: parse('--help').text });
  });

  test('has the version', () => {
    expect(parse('--version').text).toBe('1.2.3\n');
  });
});
