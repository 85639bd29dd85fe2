import { execFileSync } from 'node:child_process';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CliShim, installShim, shimScript } from '../../../src/extension/cliShim.ts';
import { temporaryFolder } from '../../support/temporary.ts';

test('the script runs the CLI on the Node that it was written for, whatever their paths hold', async () => {
  const home = temporaryFolder();
  const odd = join(home, "it's a $place");
  mkdirSync(odd);
  const cli = join(odd, 'cli.js');
  writeFileSync(cli, 'console.log(JSON.stringify([process.argv.slice(2), process.env.ELECTRON_RUN_AS_NODE]))');
  const prepended: string[] = [];
  const environment = { description: '', prepend: (...args: string[]) => prepended.push(args.join('=')) };
  const folder = join(home, 'bin');
  const shim = { folder, cli, node: process.execPath, platform: 'linux' as const };
  await installShim(shim, environment as never);
  await installShim(shim, environment as never);
  expect(prepended[0]).toBe(`PATH=${folder}:`);
  expect(statSync(join(folder, 'presync')).mode & 0o777).toBe(0o755);
  const output = execFileSync(join(folder, 'presync'), ['build', 'a b', '$HOME'], { encoding: 'utf8' });
  expect(JSON.parse(output)).toEqual([['build', 'a b', '$HOME'], '1']);
});

test('it is installed once, however often that is asked for', async () => {
  let prepended = 0;
  const environment = { description: '', prepend: () => prepended++ };
  const home = temporaryFolder();
  const shim = new CliShim({ folder: home, cli: 'cli.js', node: 'node', platform: 'linux' }, environment as never);
  await Promise.all([shim.install(), shim.install()]);
  await shim.install();
  expect(prepended).toBe(1);
});

test('on Windows it is a batch file', () => {
  const { name, text } = shimScript({ folder: '', cli: 'C:\\x y\\cli.js', node: 'C:\\Code.exe', platform: 'win32' });
  expect(name).toBe('presync.cmd');
  expect(text).toContain('"C:\\Code.exe" "C:\\x y\\cli.js" %*\r\n');
});
