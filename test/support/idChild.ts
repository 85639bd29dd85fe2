/** Prints the ids that private files hold, once its stdin ends. Arguments: the folder, and how many files. */
import { join } from 'node:path';
import { idOf } from '../../src/client/privateFile.ts';

async function main(): Promise<void> {
  const [folder, count] = process.argv.slice(2);
  process.stdout.write('ready\n');
  for await (const _ of process.stdin);
  for (let index = 0; index < Number(count); index++) {
    process.stdout.write(`${await idOf(join(folder!, String(index)))}\n`);
  }
}

void main();
