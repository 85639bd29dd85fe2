/**
 * Generates the protobuf code: static encoders and decoders without reflection, and their types.
 *
 *   node scripts/generate.mjs           writes the generated files
 *   node scripts/generate.mjs --check   fails when a generated file is not what its .proto files make
 *
 * The output depends on the .proto files and the version of protobufjs-cli alone.
 */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { pbjs, pbts } from 'protobufjs-cli';

const runtime = 'protobufjs/minimal.js';

/** `root` keeps the modules apart in the runtime's global registry. */
const modules = [
  { sources: 'proto/buildkit', output: 'src/builder/generated/buildkit', root: 'presync-buildkit' },
  { sources: 'proto/presync/v1', output: 'src/protocol/generated/presync', root: 'presync-protocol' },
];

const runPbjs = promisify(pbjs.main);
const runPbts = promisify(pbts.main);

async function protoFiles(directory) {
  const names = await readdir(directory).catch(() => []);
  return names
    .filter((name) => name.endsWith('.proto'))
    .sort()
    .map((name) => `${directory}/${name}`);
}

/** The generated files of one module, by path. Types are made from the comments that the code itself leaves out. */
async function generate(module, scratch) {
  const files = await protoFiles(module.sources);
  if (files.length === 0) return [];
  const options = ['--target', 'static-module', '--wrap', 'esm', '--dependency', runtime, '--root', module.root];
  const omitted = ['create', 'verify', 'convert', 'delimited', 'typeurl', 'service'].map((part) => `--no-${part}`);
  const compile = (...extra) => runPbjs([...options, ...omitted, '--path', module.sources, ...extra, ...files]);

  const annotated = path.join(scratch, `${module.root}.js`);
  await writeFile(annotated, await compile());
  const types = await runPbts(['--no-comments', '--import', `$protobuf=${runtime}`, annotated]);
  const banner = `// Generated from ${module.sources} by scripts/generate.mjs. Do not edit.\n`;
  return [
    { file: `${module.output}.js`, text: banner + (await compile('--no-comments')).trimEnd() + '\n' },
    { file: `${module.output}.d.ts`, text: banner + types.trimEnd() + '\n' },
  ];
}

async function write({ file, text }) {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
  console.log(`wrote ${file}`);
}

async function check({ file, text }) {
  const committed = await readFile(file, 'utf8').catch(() => undefined);
  if (committed === text) return;
  console.error(`${file} is ${committed === undefined ? 'missing' : 'out of date'}: run \`npm run generate\``);
  process.exitCode = 1;
}

process.chdir(path.join(import.meta.dirname, '..'));
const scratch = await mkdtemp(path.join(os.tmpdir(), 'presync-generate-'));
try {
  const finish = process.argv.includes('--check') ? check : write;
  for (const module of modules) {
    for (const output of await generate(module, scratch)) await finish(output);
  }
} finally {
  await rm(scratch, { recursive: true, force: true });
}
