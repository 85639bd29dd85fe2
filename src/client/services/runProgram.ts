/** Small programs of the system, run to their end: no shell, bounded time and output. */
import { spawn } from 'node:child_process';
import { PresyncError, systemErrorCode } from '../../base/errors.ts';
import { clientLimits } from '../limits.ts';

export interface ProgramOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly input?: string;
  /** In a session of its own, without a terminal. */
  readonly detached?: boolean;
  /** Milliseconds. */
  readonly timeout?: number;
}

export interface ProgramResult {
  readonly code: number;
  readonly stdout: string;
  /** Trimmed. */
  readonly stderr: string;
}

/** PROGRAM_FAILED when it cannot be started, takes too long or prints too much; its own exit code is no error here. */
export function runProgram(
  program: string,
  args: readonly string[],
  { env = process.env, input = '', detached = false, timeout = clientLimits.programRun }: ProgramOptions = {},
): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env: { ...env }, detached, stdio: 'pipe', windowsHide: true });
    const output: Record<'stdout' | 'stderr', string> = { stdout: '', stderr: '' };
    const fail = (why: string, cause?: unknown) => {
      clearTimeout(timer);
      child.kill('SIGKILL');
      reject(new PresyncError('PROGRAM_FAILED', `${program} ${why}.`, { hint: `Run "${program}" by hand.`, cause }));
    };
    const timer = setTimeout(() => fail(`did not end within ${timeout / 1000} s`), timeout);
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (text: string) => {
        output[stream] += text;
        if (output[stream].length > clientLimits.programOutput) fail('printed too much');
      });
    }
    child.once('error', (error) => fail(`cannot be started (${systemErrorCode(error) ?? error.message})`, error));
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ code: code ?? 1, stdout: output.stdout, stderr: output.stderr.trim() });
    });
    child.stdin.on('error', () => {}); // a program need not read what it is given
    child.stdin.end(input);
  });
}
