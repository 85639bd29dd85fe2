import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Engine } from './engines.ts';

const run = promisify(execFile);

/** What a build is asked for, in the words that presync and the stock CLI share. */
export interface BuildOptions {
  readonly tag?: string;
  readonly file?: string;
  readonly target?: string;
  readonly buildArgs?: Readonly<Record<string, string>>;
  readonly noCache?: boolean;
  /** The Dockerfile's text, for `-f -`. */
  readonly stdin?: string;
}

/** Command line arguments for these options. */
export function buildArguments(options: BuildOptions): string[] {
  return [
    ...(options.tag ? ['-t', options.tag] : []),
    ...(options.file ? ['-f', options.file] : []),
    ...(options.stdin === undefined ? [] : ['-f', '-']),
    ...(options.target ? ['--target', options.target] : []),
    ...Object.entries(options.buildArgs ?? {}).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]),
    ...(options.noCache ? ['--no-cache'] : []),
  ];
}

/** `docker build` by the stock CLI of the engine's suite, with BuildKit. Throws with its output when the build fails. */
export async function stockBuild(engine: Engine, context: string, options: BuildOptions = {}): Promise<void> {
  const building = run(engine.cli, ['build', '--progress=plain', ...buildArguments(options), context]);
  building.child.stdin?.end(options.stdin ?? '');
  await building;
}
