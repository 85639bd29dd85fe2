/** An ssh agent of our own that holds the keys of a build, and ends with it. */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Disposable } from '../../base/disposable.ts';
import { PresyncError, systemErrorCode } from '../../base/errors.ts';
import { delay } from '../../base/time.ts';
import { clientLimits } from '../limits.ts';
import { canConnect } from './agentSocket.ts';
import { runProgram } from './runProgram.ts';

export interface KeyAgent extends Disposable {
  /** Of its socket. */
  readonly path: string;
}

/**
 * Starts the system's ssh-agent and gives it the keys. `directory` is private to the user.
 * SSH_AGENT when there is no such program, or a key cannot be used without a passphrase.
 */
export async function startKeyAgent(keys: readonly string[], directory: string): Promise<KeyAgent> {
  const home = await mkdtemp(join(directory, 'agent-'));
  const path = join(home, 'socket');
  // It ends when the program below it does, which is when this process lets go of its input, by whatever end.
  const agent = spawn('ssh-agent', ['-a', path, 'cat'], { stdio: ['pipe', 'ignore', 'ignore'] });
  const dispose = () => {
    agent.stdin.destroy();
    void rm(home, { recursive: true, force: true });
  };
  try {
    await listening(agent, path);
    for (const key of keys) await addKey(key, path);
    return { path, dispose };
  } catch (thrown) {
    dispose();
    throw thrown;
  }
}

async function listening(agent: ChildProcess, path: string): Promise<void> {
  let failure: Error | undefined;
  agent.once('error', (error) => (failure = error));
  const deadline = performance.now() + clientLimits.agentStart;
  while (!(await canConnect(path))) {
    if (failure !== undefined || agent.exitCode !== null || performance.now() > deadline) {
      throw new PresyncError('SSH_AGENT', `ssh-agent cannot be started (${systemErrorCode(failure) ?? 'no answer'}).`, {
        hint: 'Install OpenSSH, or add the keys to an agent of your own and use --ssh default.',
        cause: failure,
      });
    }
    await delay(clientLimits.agentPoll);
  }
}

async function addKey(key: string, path: string): Promise<void> {
  const env = { ...process.env, SSH_AUTH_SOCK: path, SSH_ASKPASS: '', SSH_ASKPASS_REQUIRE: 'never', DISPLAY: '' };
  // A session of its own has no terminal, so nothing can ask for a passphrase and wait for it.
  const { code, stderr } = await runProgram('ssh-add', ['-q', '--', key], { env, detached: true });
  if (code === 0) return;
  throw new PresyncError('SSH_AGENT', `The key ${key} cannot be used: ${stderr || 'it needs a passphrase'}.`, {
    hint: 'Add it to your own agent with ssh-add, and use --ssh default.',
  });
}
