import { Buffer } from 'node:buffer';
import type { BuildOptions } from './dockerCli.ts';
import { baseImage } from './engines.ts';
import type { TreeItem } from './madeTree.ts';
import { file, folder, hardLink, symlink } from './madeTree.ts';

/** A build context and the build that is asked for; `{}` in `file` stands for the folder that holds the context. */
export interface MadeContext {
  readonly name: string;
  /** The tree below the holding folder: the context itself is its folder `context`. */
  readonly items: readonly TreeItem[];
  readonly options?: BuildOptions;
  /** Where the stock CLI of Docker 20.10 itself builds something else than later ones do, why. */
  readonly otherOn20?: string;
}

const copyAll = 'FROM scratch\nCOPY . /src\n';

/** A context with the usual Dockerfile. */
function context(
  name: string,
  items: readonly TreeItem[],
  dockerfile = copyAll,
  options: BuildOptions = {},
): MadeContext {
  return { name, items: below([file('Dockerfile', dockerfile), ...items]), options };
}

/** A context whose .dockerignore is `lines`, over a tree that has something for every pattern. */
function ignoring(name: string, lines: string | Uint8Array, more: readonly TreeItem[] = []): MadeContext {
  return context(`.dockerignore: ${name}`, [file('.dockerignore', lines), ...ignorable, ...more]);
}

/** A context whose Dockerfile is elsewhere: `items` start at the holding folder. */
function placed(name: string, items: readonly TreeItem[], options: BuildOptions): MadeContext {
  return { name: `Dockerfile: ${name}`, items, options };
}

function below(items: readonly TreeItem[]): TreeItem[] {
  const prefix = Buffer.from('context/');
  return items.map((item) => ({ ...item, path: Buffer.concat([prefix, Buffer.from(item.path as string)]) }));
}

const ignorable = [
  file('README.md'),
  file('main.go'),
  file('a.log'),
  file('lib/main.go'),
  file('lib/b.log'),
  file('lib/deep/er/c.log'),
  file('lib/deep/er/keep.txt'),
  file('node_modules/x/index.js'),
  file('node_modules/x/node_modules/y/index.js'),
  file('out/keep/result'),
  file('out/drop/result'),
  folder('empty'),
];

/** Deterministic bytes that do not compress: a 32-bit linear congruential sequence. */
export function noise(length: number, seed = 1): Buffer {
  const bytes = Buffer.alloc(length + 4);
  for (let at = 0, state = seed; at < length; at += 4) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes.writeUInt32LE(state, at);
  }
  return bytes.subarray(0, length);
}

const trees: MadeContext[] = [
  context('one file', [file('hello.txt', 'hello\n')]),
  context('nothing but the Dockerfile', []),
  context(
    'modes',
    [0o600, 0o644, 0o755, 0o777, 0o400, 0o001, 0].map((mode) => file(`m${mode.toString(8)}`, 'x', { mode })),
  ),
  context('setuid, setgid and sticky', [
    file('setuid', 'x', { mode: 0o4755 }),
    file('setgid', 'x', { mode: 0o2755 }),
    file('sticky', 'x', { mode: 0o1644 }),
    folder('shared', { mode: 0o2775 }),
    folder('tmp', { mode: 0o1777 }),
    file('tmp/all', 'x', { mode: 0o7777 }),
  ]),
  context('folder modes', [
    file('locked/inside', 'x'),
    folder('locked', { mode: 0o555 }),
    folder('closed', { mode: 0 }),
  ]),
  context('symlinks that stay inside', [
    file('real/file'),
    symlink('to-file', 'real/file'),
    symlink('to-folder', 'real'),
    symlink('real/up', '../real/file'),
    symlink('dangling', 'nowhere'),
  ]),
  context('symlinks that lead outside', [
    symlink('absolute', '/etc/passwd'),
    symlink('relative', '../../../../etc/passwd'),
    symlink('folder', '/usr'),
    symlink('root', '/'),
  ]),
  context('symlinks that go round', [
    symlink('loop', 'loop'),
    symlink('ping', 'pong'),
    symlink('pong', 'ping'),
    symlink('here', '.'),
  ]),
  context('a symlink with a long target', [symlink('long', 'x/'.repeat(150) + 'y')]),
  context('empty folders', [folder('a'), folder('b/c/d'), folder('b/e')]),
  context('unicode names', [
    file('grüße.txt'),
    file('日本/語'),
    file('emoji-🐳'),
    file('e\u0301'),
    file('\u00e9'),
    file('\u202egnp.exe'),
  ]),
  context(
    'odd names',
    [
      ' ',
      'a b',
      '-rf',
      '"quoted"',
      "it's",
      'new\nline',
      'tab\t',
      'back\\slash',
      '*',
      '[x]',
      '$HOME',
      '`id`',
      '#',
      '!x',
      '~',
      '%41',
      ':',
    ].map((name) => file(`odd/${name}`, name)),
  ),
  context('names that are not UTF-8', [
    file(Buffer.from('caf\xe9', 'latin1')),
    file(Buffer.from('\xff\xfe/\x80', 'latin1')),
    file(Buffer.from('\xed\xa0\x80', 'latin1'), 'a lone surrogate'),
    symlink(Buffer.from('link-\xe9', 'latin1'), Buffer.from('caf\xe9', 'latin1')),
  ]),
  context(
    'names of object members',
    ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'].map((name) => file(`${name}/${name}`)),
  ),
  context(
    'names that sort oddly',
    ['a/b/x', 'a/c', 'a!', 'a-b', 'a.b', 'a0', 'aa', 'A', 'a\u00e9', 'b'].map((name) => file(name)),
  ),
  context('names that differ in case', [file('Readme'), file('README'), file('readme'), file('Dir/x'), file('dir/x')]),
  context('long names', [file('n'.repeat(255)), file(`${'d'.repeat(200)}/${'e'.repeat(200)}`), file('é'.repeat(127))]),
  context('deep nesting', [file(`${'deep/'.repeat(200)}file`)]),
  context(
    'many files in one folder',
    Array.from({ length: 1500 }, (_, i) => file(`many/${i}`, `${i}`)),
  ),
  context('an empty file', [file('empty', ''), file('folder/empty', '')]),
  context('a file of 50 MB', [file('large', noise(50_000_000)), file('small')]),
  context(
    'sizes around the limits',
    [1, 32_767, 32_768, 65_537, 262_143, 262_144, 262_145, 1_048_576, 4_194_305].map((size) =>
      file(`s${size}`, noise(size)),
    ),
  ),
  context(
    'the same content often',
    ['a', 'b', 'c/d', 'c/e'].map((name) => file(name, noise(300_000))),
  ),
  context('zeros', [file('zeros', Buffer.alloc(3_000_000))]),
  context('hard links', [file('first', 'shared'), hardLink('second', 'first'), hardLink('folder/third', '../first')]),
  context('mtimes', [
    file('epoch', 'x', { mtime: 0 }),
    file('first', 'x', { mtime: 1 }),
    file('after-2038', 'x', { mtime: 4_000_000_000 }),
    file('fraction', 'x', { mtime: 1_700_000_000.999 }),
    folder('folder', { mtime: 86_400 }),
    symlink('link', 'epoch', { mtime: 172_800 }),
  ]),
];

const ignores: MadeContext[] = [
  ignoring('names and folders', 'a.log\nnode_modules\n'),
  ignoring('an empty file', ''),
  ignoring('wildcards', '*.log\n?ain.go\nlib/[b-d].log\n'),
  ignoring('**', '**/*.log\n**/node_modules\n'),
  ignoring('** in the middle and at the end', 'lib/**/c.log\nout/**\n'),
  ignoring('! after *', '*\n!README.md\n!lib\n'),
  ignoring('! of what no rule ignored', '!README.md\n*.md\n'),
  ignoring('the last match wins', '*.md\n!README.md\nREADME.md\n'),
  ignoring('children of an ignored folder', 'out\n!out/keep\nlib\n!lib/deep/er/keep.txt\n'),
  ignoring('! with **', '**/*.log\n!lib/**/c.log\n'),
  ignoring('comments and blanks', '# a comment\n\n   \n  a.log  \n #not-a-comment\n\t*.md\t\n', [
    file('#not-a-comment'),
    file('# a comment'),
  ]),
  ignoring('a BOM', '\ufeff*.log\n*.md\n'),
  ignoring('a BOM before a comment', '\ufeff# comment\n*.md\n', [file('# comment')]),
  ignoring('CRLF', '*.log\r\n!a.log\r\nout\r\n'),
  ignoring('no newline at the end', '*.md'),
  ignoring('slashes and dots', '/a.log\n./main.go\nout/\nlib//deep\nnode_modules/x/../x/index.js\n'),
  ignoring('escapes', '\\*.log\n\\!bang\n\\#hash\n', [file('*.log'), file('!bang'), file('#hash')]),
  {
    ...ignoring(
      'characters that mean something to a regular expression',
      'a+b\n(c)\nd.e\n$f\n{g}\n',
      ['a+b', 'aab', '(c)', 'c', 'd.e', 'dxe', '$f', '{g}'].map((name) => file(name)),
    ),
    otherOn20: 'its matcher takes + ( ) { } and $ for a regular expression',
  },
  ignoring('itself and the Dockerfile', '.dockerignore\nDockerfile\n'),
  ignoring('everything', '*\n'),
  ignoring('case', 'readme.md\nLIB\n'),
  ignoring('another one in a folder', '*.md\n', [file('lib/.dockerignore', 'main.go\n')]),
  ignoring('symlinks', 'link\nlinked/x\n', [symlink('link', 'main.go'), symlink('linked', 'lib')]),
];

const dockerfiles: MadeContext[] = [
  placed('another name', below([file('Other.dockerfile', copyAll), file('x')]), {
    file: '{}/context/Other.dockerfile',
  }),
  placed('in a folder', below([file('docker/Dockerfile', copyAll), file('x')]), {
    file: '{}/context/docker/Dockerfile',
  }),
  placed('outside the context', [file('elsewhere/Dockerfile', copyAll), ...below([file('x')])], {
    file: '{}/elsewhere/Dockerfile',
  }),
  placed(
    'outside, while another is inside',
    [file('mine', copyAll), ...below([file('Dockerfile', 'FROM nothing\n'), file('x')])],
    { file: '{}/mine' },
  ),
  placed(
    'with a .dockerignore of its own',
    below([
      file('Dockerfile', copyAll),
      file('web.Dockerfile', copyAll),
      file('web.Dockerfile.dockerignore', 'x\n'),
      file('.dockerignore', 'y\n'),
      file('x'),
      file('y'),
    ]),
    { file: '{}/context/web.Dockerfile' },
  ),
  placed(
    'outside, with a .dockerignore of its own',
    [file('d/Dockerfile', copyAll), file('d/Dockerfile.dockerignore', 'x\n'), ...below([file('x'), file('y')])],
    { file: '{}/d/Dockerfile' },
  ),
  placed('from stdin', below([file('Dockerfile', 'FROM nothing\n'), file('x')]), { stdin: copyAll }),
  placed('from stdin, none inside', below([file('x'), file('.dockerignore', 'y\n'), file('y')]), { stdin: copyAll }),
  placed('a symlink', below([file('real', copyAll), symlink('Dockerfile', 'real')]), {}),
  context(
    'Dockerfile: CRLF, comments and continuations',
    [file('x')],
    '# a comment\r\nFROM scratch\r\nCOPY \\\r\n  # within\r\n  . \\\r\n  /src\r\n',
  ),
  context(
    'Dockerfile: a target',
    [file('x'), file('y')],
    'FROM scratch AS one\nCOPY x /src/\nFROM scratch AS two\nCOPY y /src/\nFROM one\nCOPY --from=two /src/y /src/z\n',
    { target: 'two' },
  ),
  context(
    'Dockerfile: stages',
    [file('x'), file('y')],
    'FROM scratch AS one\nCOPY x /src/\nFROM scratch\nCOPY --from=one /src/x /src/from-one\nCOPY y /src/\n',
  ),
  context(
    'Dockerfile: ARG',
    [file('one'), file('two')],
    'ARG base=nothing\nFROM ${base}\nARG which\nCOPY ${which} /src/chosen\n',
    { buildArgs: { base: 'scratch', which: 'two' } },
  ),
  context(
    'Dockerfile: single files and wildcards',
    [file('a.txt'), file('b.txt'), file('c/d.txt')],
    'FROM scratch\nCOPY *.txt /src/\nCOPY c/d.txt /src/renamed\nCOPY a.txt c /src/both/\n',
  ),
  context(
    'Dockerfile: through a symlink',
    [file('real/x'), symlink('link', 'real'), symlink('file', 'real/x')],
    'FROM scratch\nCOPY link /src/folder\nCOPY link/x /src/x\nCOPY file /src/file\n',
  ),
  context('Dockerfile: --chown', [file('x'), file('d/y')], 'FROM scratch\nCOPY --chown=1000:2000 . /src\n'),
  context(
    'Dockerfile: ADD and WORKDIR',
    [file('x'), file('d/y')],
    'FROM scratch\nWORKDIR /src/here\nADD x ./\nADD d ../there/\n',
  ),
  context(
    'Dockerfile: RUN',
    [file('script', '#!/bin/sh\nmkdir -p /src && cat /data/x > /src/out\n', { mode: 0o755 }), file('x')],
    `FROM ${baseImage} AS run\nCOPY . /data\nRUN /data/script\nFROM scratch\nCOPY --from=run /src/out /data/ /src/\n`,
  ),
];

/** Every made-up context, by name. */
export const madeContexts: readonly MadeContext[] = [...trees, ...ignores, ...dockerfiles];
