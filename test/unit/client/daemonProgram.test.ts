import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { installDaemonProgram } from '../../../src/client/daemonProgram.ts';
import { clientLimits } from '../../../src/client/limits.ts';
import { temporaryFolder } from '../../support/temporary.ts';

let data: string;
let script: string;

beforeEach(() => {
  const folder = temporaryFolder();
  data = join(folder, 'data');
  script = join(folder, 'extension', 'daemon.js');
  mkdirSync(join(folder, 'extension'));
  writeFileSync(script, 'first');
});

/** Makes a version's folder look unused for so long. */
function age(version: string, ms: number): void {
  const then = new Date(Date.now() - ms);
  utimesSync(join(data, 'bin', version), then, then);
}

describe("the daemon's program", () => {
  test('is copied beside the data, and stays there when the extension goes', async () => {
    const installed = await installDaemonProgram(script, data, '1.2.3');
    expect(installed).toBe(join(data, 'bin', '1.2.3', 'daemon.js'));
    rmSync(script);
    expect(readFileSync(installed, 'utf8')).toBe('first');
    expect(statSync(installed).mode & 0o077).toBe(0);
  });

  test('is not copied again while it is the same', async () => {
    const installed = await installDaemonProgram(script, data, '1.2.3');
    const { ino } = statSync(installed);
    await installDaemonProgram(script, data, '1.2.3');
    expect(statSync(installed).ino).toBe(ino);
  });

  test('is replaced as a whole when it differs, however it came to differ', async () => {
    const installed = await installDaemonProgram(script, data, '1.2.3');
    for (const damage of ['', 'firs', 'other']) {
      writeFileSync(installed, damage);
      await installDaemonProgram(script, data, '1.2.3');
      expect(readFileSync(installed, 'utf8')).toBe('first');
    }
    writeFileSync(script, 'second');
    await installDaemonProgram(script, data, '1.2.3');
    expect(readFileSync(installed, 'utf8')).toBe('second');
    expect(readdirSync(join(data, 'bin', '1.2.3'))).toEqual(['daemon.js']);
  });

  test('is one whole program, however many copy it at once', async () => {
    writeFileSync(script, 'x'.repeat(1_000_000));
    const installed = await Promise.all(Array.from({ length: 8 }, () => installDaemonProgram(script, data, '1')));
    expect(new Set(installed).size).toBe(1);
    expect(readFileSync(installed[0]!, 'utf8')).toBe('x'.repeat(1_000_000));
    expect(readdirSync(join(data, 'bin', '1'))).toEqual(['daemon.js']);
  });

  test('of other versions goes when nobody started it for a while', async () => {
    await installDaemonProgram(script, data, '1.0.0');
    await installDaemonProgram(script, data, '1.1.0');
    age('1.0.0', clientLimits.programUnused + 60_000);
    age('1.1.0', clientLimits.programUnused - 60_000);
    await installDaemonProgram(script, data, '1.2.0');
    expect(readdirSync(join(data, 'bin')).sort()).toEqual(['1.1.0', '1.2.0']);
  });

  test('that is started counts as used', async () => {
    await installDaemonProgram(script, data, '1.0.0');
    age('1.0.0', clientLimits.programUnused + 60_000);
    await installDaemonProgram(script, data, '1.0.0');
    await installDaemonProgram(script, data, '1.1.0');
    expect(existsSync(join(data, 'bin', '1.0.0'))).toBe(true);
  });

  test('that cannot be copied is an error that names the folder', async () => {
    mkdirSync(data);
    writeFileSync(join(data, 'bin'), 'in the way');
    await expect(installDaemonProgram(script, data, '1')).rejects.toMatchObject({
      code: 'DAEMON_START',
      message: expect.stringContaining(join(data, 'bin')),
    });
  });
});
