/** Bake files and compose files, read by `docker buildx bake --print`: what they mean is not ours to say. */
import { PresyncError } from '../../base/errors.ts';
import { runProgram } from '../../client/services/runProgram.ts';

/** A target as bake prints it. */
export interface BakeTarget {
  readonly name: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** The targets that the arguments of bake select. PROGRAM_FAILED in bake's words. */
export async function printBake(args: readonly string[]): Promise<BakeTarget[]> {
  const { code, stdout, stderr } = await runProgram('docker', ['buildx', 'bake', '--print', ...args]);
  if (code !== 0) {
    if (/unknown flag: --print|not a docker command/.test(stderr)) throw noBuildx();
    const [why] = stderr.split('\n').filter((line) => line.startsWith('ERROR: '));
    throw new PresyncError('PROGRAM_FAILED', `docker buildx bake: ${why?.slice(7) ?? stderr.slice(-400)}`, {
      hint: 'docker with its buildx plugin reads bake files and compose files: see "docker buildx bake --print".',
    });
  }
  return readPrinted(stdout);
}

/** docker takes the flags for its own, or the name for none. */
function noBuildx(): PresyncError {
  return new PresyncError('PROGRAM_FAILED', 'docker has no buildx plugin, which reads bake files and compose files.', {
    hint: 'Install it: https://docs.docker.com/go/buildx/',
  });
}

/** PROTOCOL for what is no output of bake. */
export function readPrinted(text: string): BakeTarget[] {
  const { target } = parse(text);
  if (!isRecord(target)) throw unreadable();
  return Object.entries(target).map(([name, fields]) => {
    if (!isRecord(fields)) throw unreadable();
    return { name, fields };
  });
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (isRecord(value)) return value;
  } catch {
    // said below
  }
  throw unreadable();
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unreadable(): PresyncError {
  return new PresyncError('PROTOCOL', 'What docker buildx bake printed cannot be read.');
}
