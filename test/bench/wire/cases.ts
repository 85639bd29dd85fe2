/** What happens to a folder between two syncs. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { changeByte, filePath, insertAtStart, randomText, switchBranch } from './trees.ts';

export interface Case {
  readonly what: string;
  prepare(root: string): void;
}

export const treeCases = (files: number, largeMb: number): Case[] => [
  { what: `first sync: ${files} files of 2 KB and one of ${largeMb} MB`, prepare: () => {} },
  { what: 'nothing changed', prepare: () => {} },
  { what: 'one file of 2 KB changed', prepare: (root) => writeFileSync(filePath(root, 7), randomText()) },
  {
    what: 'every file touched',
    prepare: (root) => execFileSync('find', [root, '-type', 'f', '-exec', 'touch', '{}', '+']),
  },
  {
    what: `a folder of ${files} files renamed`,
    prepare: (root) => renameSync(join(root, 'tree'), join(root, 'renamed')),
  },
  { what: `1 byte in the middle of ${largeMb} MB`, prepare: (root) => changeByte(join(root, 'large.bin')) },
  { what: `9 bytes inserted before ${largeMb} MB`, prepare: (root) => insertAtStart(join(root, 'large.bin'), 9) },
];

export const repositoryCases = (commits: number): Case[] => [
  { what: `first sync: a repository of ${commits} commits, without .git`, prepare: () => {} },
  { what: 'another branch checked out', prepare: (root) => switchBranch(root, 'other') },
  { what: 'and back', prepare: (root) => switchBranch(root, 'main') },
  { what: 'and there again', prepare: (root) => switchBranch(root, 'other') },
];

export const linkCases = (files: number): Case[] => [
  { what: `first sync: ${files} files of 2 KB`, prepare: () => {} },
  { what: 'one file of 2 KB changed', prepare: (root) => writeFileSync(filePath(root, 7), randomText()) },
  {
    what: 'ten new files of 2 KB',
    prepare(root) {
      mkdirSync(join(root, 'new'));
      for (let i = 0; i < 10; i++) writeFileSync(join(root, `new/${i}`), randomText());
    },
  },
];
