import { PresyncError } from '../base/errors.ts';

/**
 * A build argument as typed: `NAME=value`, or `NAME` for the value of that environment variable.
 * Undefined when the environment has none: then it is not passed, as docker has it. BAD_BUILD_ARG without a name.
 */
export function parseBuildArg(
  text: string,
  env: Readonly<Record<string, string | undefined>>,
): readonly [name: string, value: string] | undefined {
  const equals = text.indexOf('=');
  const name = equals < 0 ? text : text.slice(0, equals);
  if (name === '' || /[\s\0]/.test(name)) {
    throw new PresyncError('BAD_BUILD_ARG', `"${text}" is no build argument.`, {
      hint: 'Write NAME=value, or NAME to pass on an environment variable.',
    });
  }
  const value = equals < 0 ? env[name] : text.slice(equals + 1);
  return value === undefined ? undefined : [name, value];
}
