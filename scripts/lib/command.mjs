/** Child processes in groups of their own, so that ending one ends what it started. */
import { spawn } from 'node:child_process';

const running = new Set();

/**
 * Runs a program to its end: `{ status, output, stdout, timedOut, ms }`. Status is null when a signal ended it.
 * With `quiet` what it prints is kept instead of shown, `output` being all of it; with `timeoutMs` its whole group is killed when that has passed.
 */
export function runCommand(program, args, { quiet = false, timeoutMs, env = {}, cwd, input } = {}) {
  const started = performance.now();
  return new Promise((resolve) => {
    const stdio = [input === undefined ? 'ignore' : 'pipe', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'];
    const child = spawn(program, args, { detached: true, stdio, cwd, env: { ...process.env, ...env } });
    let output = '';
    let stdout = '';
    let timedOut = false;
    const timer =
      timeoutMs === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            kill(child);
          }, timeoutMs);
    running.add(child);
    child.stdin?.end(input);
    child.stdout?.on('data', (chunk) => {
      output += chunk;
      stdout += chunk;
    });
    child.stderr?.on('data', (chunk) => (output += chunk));
    const finish = (status) => {
      clearTimeout(timer);
      running.delete(child);
      resolve({ status, output, stdout, timedOut, ms: performance.now() - started });
    };
    child.on('error', (error) => {
      output += String(error);
      finish(127);
    });
    child.on('close', finish);
  });
}

/** Ends every program that still runs. */
export function endCommands() {
  for (const child of running) kill(child);
}

function kill(child) {
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    // It may have ended between the decision and the signal.
    if (error.code !== 'ESRCH') throw error;
  }
}
