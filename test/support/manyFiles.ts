import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const filesPerFolder = 50;
const fileSize = 2048;

/**
 * The tree of the benches: `count` different files of 2 KB, 50 to a folder, and a Dockerfile that copies them all. Trees
 * of different `salt` share no content, so that no build finds what another has made.
 */
export function makeManyFiles(root: string, count: number, salt = 'presync'): void {
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, 'Dockerfile'), 'FROM scratch\nCOPY . /src\n');
  const content = Buffer.alloc(fileSize, `${salt} `);
  for (let i = 0; i < count; i++) {
    const path = manyFile(root, i);
    if (i % filesPerFolder === 0) mkdirSync(join(path, '..'));
    content.write(`${i}\n`.padStart(16));
    writeFileSync(path, content);
  }
}

/** The path of file number `index`. */
export function manyFile(root: string, index: number): string {
  return join(root, `folder${Math.floor(index / filesPerFolder)}`, `file${index}.txt`);
}
