/** The demo: see scripts/demo. */
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { endCommands, runCommand } from './command.mjs';
import { findEngine } from './demoEngine.mjs';
import { printTable } from './table.mjs';

const base = 'presync-demo-base';
const tags = { presync: 'presync-demo', stock: 'presync-demo-stock' };
const dockerfile = (from) => `FROM ${from}
COPY . /src
RUN find /src -type f | wc -l > /files && cat /files
`;

const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'presync-demo-')));
const leftovers = [() => rmSync(scratch, { recursive: true, force: true })];

/** Undoes what the demo did to the machine, last things first. */
async function cleanUp() {
  endCommands();
  for (const undo of leftovers.splice(0).reverse()) await undo();
}

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void cleanUp().then(() => process.exit(130)));

/** Runs a program that has to succeed, and returns how long it took and what it printed. */
async function run(program, args, options = {}) {
  const ended = await runCommand(program, args, { quiet: true, ...options });
  if (ended.status === 0) return ended;
  throw new Error(`${program} ${args.join(' ')} failed (exit ${ended.status})\n${ended.output}`);
}

/** A copy of this repository and its packages, with a Dockerfile. Each tool has one, so that neither warms the other. */
async function makeContext(name, from) {
  const context = join(scratch, name);
  mkdirSync(context);
  const list = 'git ls-files -z --cached --others --exclude-standard 2>/dev/null || find . -path ./node_modules -prune -o -type f -print0';
  await run('bash', ['-c', `(${list}) | xargs -0 cp -a --parents -t "$1"`, 'bash', context]);
  cpSync('node_modules', join(context, 'node_modules'), { recursive: true, verbatimSymlinks: true });
  writeFileSync(join(context, 'Dockerfile'), dockerfile(from));
  writeFileSync(join(context, 'built-by'), name);
  return context;
}

/** `FROM`: Debian's static busybox as an image, or, where there is none, busybox from the registry. */
async function importBase(docker) {
  const found = await runCommand('sh', ['-c', 'command -v busybox'], { quiet: true });
  if (found.status !== 0) return 'busybox';
  const root = join(scratch, 'base');
  const make = 'mkdir -p "$1/bin" && cp "$2" "$1/bin/busybox" && for c in sh find wc cat; do ln -s busybox "$1/bin/$c"; done';
  await run('sh', ['-c', `${make} && tar -C "$1" -cf "$1.tar" .`, 'sh', root, found.output.trim()]);
  await docker('import', `${root}.tar`, base);
  leftovers.push(() => docker('rmi', '-f', base));
  return base;
}
