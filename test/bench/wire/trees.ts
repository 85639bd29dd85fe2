/** The folders that the benches move. Contents are random text and random bytes, so that compression finds little. */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const MiB = 1024 * 1024;
const filesPerFolder = 100;

/** A file of 2 KB of base64, which shrinks by a quarter. */
export function randomText(): string {
  return randomBytes(1536).toString('base64');
}

export function filePath(root: string, index: number): string {
  return join(root, `tree/folder${Math.floor(index / filesPerFolder)}`, `file${index}.txt`);
}

/** `files` files of 2 KB in `tree`, and one of `largeMb` MiB beside it. */
export function makeTree(root: string, files: number, largeMb: number): void {
  mkdirSync(root, { recursive: true });
  writeDockerfiles(root);
  for (let i = 0; i < files; i++) {
    const path = filePath(root, i);
    if (i % filesPerFolder === 0) mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, randomText());
  }
  if (largeMb > 0) writeLarge(join(root, 'large.bin'), largeMb);
}

export function writeLarge(path: string, megabytes: number): void {
  const file = openSync(path, 'w');
  for (let i = 0; i < megabytes; i++) writeSync(file, randomBytes(MiB));
  closeSync(file);
}

export function changeByte(path: string): void {
  const content = readFileSync(path);
  content[content.length >> 1]! ^= 1;
  writeFileSync(path, content);
}

export function insertAtStart(path: string, bytes: number): void {
  writeFileSync(path, Buffer.concat([randomBytes(bytes), readFileSync(path)]));
}

/** A real repository: `commits` commits of five files each on `main`; the branch `other` is two thirds of the way. */
export function makeRepository(root: string, commits: number): void {
  mkdirSync(root, { recursive: true });
  const stream: string[] = [];
  for (let at = 1; at <= commits; at++) {
    const branch = at <= (commits * 2) / 3 ? 'other' : 'main';
    const from = branch === 'main' && at - 1 <= (commits * 2) / 3 ? 'from refs/heads/other\n' : '';
    stream.push(`commit refs/heads/${branch}\ncommitter Bench <bench@localhost> ${1_600_000_000 + at} +0000\n`);
    stream.push(`data 1\n${at % 10}\n${from}`);
    for (let i = 0; i < 5; i++) {
      const text = randomText();
      const file = (at * 5 + i * 37) % (commits * 2);
      stream.push(`M 100644 inline src/d${file % 50}/f${file}.txt\ndata ${text.length}\n${text}\n`);
    }
    stream.push('\n');
  }
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', root, ...args], { stdio: ['ignore', 'ignore', 'ignore'] });
  execFileSync('git', ['init', '-q', root]);
  execFileSync('git', ['-C', root, 'fast-import', '--quiet'], { input: stream.join('') });
  git('checkout', '-q', 'main');
  writeDockerfiles(root);
  writeFileSync(join(root, '.dockerignore'), '.git\n');
}

export function switchBranch(root: string, branch: string): void {
  execFileSync('git', ['-C', root, 'checkout', '-q', branch]);
}

/** The second is for a POST that only moves the context. */
function writeDockerfiles(root: string): void {
  writeFileSync(join(root, 'Dockerfile'), 'FROM scratch\nCOPY . /src\n');
  writeFileSync(join(root, 'empty.Dockerfile'), 'FROM scratch\nLABEL empty=yes\n');
}
