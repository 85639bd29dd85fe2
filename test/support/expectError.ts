import { expect } from 'vitest';
import type { ErrorCode } from '../../src/base/errors.ts';
import type { BuildFailure, EndedBuild } from './presyncCli.ts';

/**
 * Checks that a `presync build --json` failed as the contract says: one JSON line with the code, a message and a hint,
 * and the exit code. Returns the error.
 */
export function expectError({ status, result, stdout, stderr }: EndedBuild, code: ErrorCode, exit = 1): BuildFailure {
  const text: unknown = expect.stringMatching(/\w/);
  expect(result, stderr).toMatchObject({ ok: false, code, message: text, hint: text });
  expect(status).toBe(exit);
  expect(stdout.trim().split('\n')).toHaveLength(1);
  return result as BuildFailure;
}
