import { closeSync, existsSync, openSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { daemonEnvironment, startDaemon } from '../../../src/transfer/daemonProcess.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const editor = {
  PATH: '/bin',
  HOME: '/home/user',
  DOCKER_HOST: 'unix:///x',
  VSCODE_IPC_HOOK: 'x',
  VSCODE_PID: '1',
  ELECTRON_RUN_AS_NODE: '1',
  ELECTRON_NO_ASAR: '1',
  NODE_OPTIONS: '--inspect',
  UNSET: undefined,
};

afterEach(() => delete (process.versions as Record<string, string>)['electron']);

function pretendElectron(): void {
  Object.defineProperty(process.versions, 'electron', { value: '37.0.0', configurable: true });
}

describe("a daemon's environment", () => {
  test("has nothing of the editor's that started it", () => {
    expect(daemonEnvironment(editor)).toEqual({ PATH: '/bin', HOME: '/home/user', DOCKER_HOST: 'unix:///x' });
  });

  test('makes Electron run as plain Node, and only Electron', () => {
    pretendElectron();
    expect(daemonEnvironment(editor)).toMatchObject({ ELECTRON_RUN_AS_NODE: '1' });
    expect(Object.keys(daemonEnvironment(editor))).toHaveLength(4);
  });
});

describe('a daemon that is started', () => {
  test('runs detached on this Node, in the folder and with the log that it was given', async () => {
    const folder = realpathSync(temporaryFolder());
    const script = join(folder, 'daemon.js');
    writeFileSync(
      script,
      `const { pid, ppid, execPath, argv, env } = process;
       const session = require('node:fs').readFileSync('/proc/self/stat', 'utf8').split(') ')[1].split(' ')[3];
       console.log(JSON.stringify({ leads: Number(session) === pid, execPath, args: argv.slice(2), cwd: process.cwd(), env }));
       process.exitCode = 7;`,
    );
    const log = join(folder, 'log');
    const logDescriptor = openSync(log, 'a');
    onTestFinished(() => closeSync(logDescriptor));
    const daemon = await startDaemon({ script, args: ['--listen', 'x'], cwd: folder, env: { A: '1' }, logDescriptor });
    await expect.poll(() => daemon.exitCode(), { timeout: 10_000 }).toBe(7);
    expect(JSON.parse(readFileSync(log, 'utf8'))).toMatchObject({
      leads: true,
      execPath: process.execPath,
      args: ['--listen', 'x'],
      cwd: folder,
      env: { A: '1' },
    });
  });

  test('where it cannot be is an error', async () => {
    const missing = join(temporaryFolder(), 'missing');
    const program = { script: 'daemon.js', args: [], cwd: missing, env: {}, logDescriptor: 2 };
    await expect(startDaemon(program)).rejects.toMatchObject({ code: 'DAEMON_START' });
    expect(existsSync(missing)).toBe(false);
  });
});
