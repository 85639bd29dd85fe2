import { InvalidArgumentError, Option } from 'commander';

/** For a flag that may be repeated. */
export function collect(value: string, earlier: string[] = []): string[] {
  return [...earlier, value];
}

/** A path. The empty one would be taken for the current folder, which hardly anybody means. */
export function some(path: string): string {
  if (path === '') throw new InvalidArgumentError('It is empty.');
  return path;
}

/** A flag with one of these values. */
export function choice(flags: string, description: string, choices: readonly string[], initial: string): Option {
  return new Option(flags, description).choices([...choices]).default(initial);
}
