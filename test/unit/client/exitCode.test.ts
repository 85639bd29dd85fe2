import { expect, test } from 'vitest';
import { errorCodes, PresyncError } from '../../../src/base/errors.ts';
import { exitCode } from '../../../src/client/exitCode.ts';

test('every error has the exit code of the contract', () => {
  const special = { USAGE: 2, BUILD_FAILED: 3, CANCELLED: 130 };
  for (const code of errorCodes) {
    expect(exitCode(new PresyncError(code, 'x'))).toBe(code in special ? special[code as keyof typeof special] : 1);
  }
});
