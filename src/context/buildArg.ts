import { escapeControls } from '../base/bytes.ts';
import { PresyncError } from '../base/errors.ts';

/**
 * A build argument as typed: `NAME=value`, or `NAME` for the value of that environment variable.
 * Undefined when the environment has none: then it is not passed, as docker has it. BAD_BUILD_ARG without a name, or
 * for a name that no ARG instruction can declare. The value may be a secret, so no message shows it.
 */
export function parseBuildArg(
  text: string,
  env: Readonly<Record<string, string | undefined>>,
): readonly [name: string, value: string] | undefined {
  const equals = text.indexOf('=');
  const name = equals < 0 ? text : text.slice(0, equals);
  if (name === '' || /[\s\0]/.test(name)) {
    throw new PresyncError('BAD_BUILD_ARG', `"${escapeControls(name)}" is no name of a build argument.`, {
      hint: 'Write NAME=value, or NAME to pass on an environment variable.',
    });
  }
  const value = equals < 0 ? variable(env, name) : text.slice(equals + 1);
  return value === undefined ? undefined : [name, value];
}

/** Build arguments as typed; of a name that is given twice the last one counts, as docker has it. */
export function parseBuildArgs(
  texts: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): ReadonlyMap<string, string> {
  return new Map(texts.map((text) => parseBuildArg(text, env)).filter((pair) => pair !== undefined));
}

/** Own members only: `--build-arg constructor` is no variable. */
function variable(env: Readonly<Record<string, string | undefined>>, name: string): string | undefined {
  return Object.hasOwn(env, name) ? env[name] : undefined;
}
