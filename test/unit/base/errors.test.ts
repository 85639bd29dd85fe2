import { describe, expect, test } from 'vitest';
import {
  cancelled,
  errorCodes,
  errorMessage,
  isAbortError,
  isErrorCode,
  PresyncError,
  systemErrorCode,
  unreachable,
} from '../../../src/base/errors.ts';

describe('a PresyncError', () => {
  test('has a code, and empty details unless given', () => {
    const error = new PresyncError('TIMEOUT', 'too slow');
    expect(error).toMatchObject({ name: 'PresyncError', code: 'TIMEOUT', message: 'too slow', hint: '', data: {} });
    expect('cause' in error).toBe(false);
  });

  test('keeps hint, cause and data', () => {
    const cause = new Error('below');
    const error = new PresyncError('DISK_FULL', 'full', { hint: 'make room', cause, data: { bytes: 1 } });
    expect(error).toMatchObject({ hint: 'make room', cause, data: { bytes: 1 } });
  });

  test('stays itself when made of any thrown value', () => {
    const error = new PresyncError('USAGE', 'x');
    expect(PresyncError.from(error)).toBe(error);
  });

  test('is CANCELLED for an abort, INTERNAL for anything else', () => {
    const abort = new AbortController();
    abort.abort();
    expect(PresyncError.from(abort.signal.reason).code).toBe('CANCELLED');
    const cause = new TypeError('x is undefined');
    expect(PresyncError.from(cause)).toMatchObject({ code: 'INTERNAL', message: 'x is undefined', cause });
  });
});

test('codes are told from other strings', () => {
  expect(errorCodes.every((code) => isErrorCode(code))).toBe(true);
  expect(isErrorCode('toString')).toBe(false);
  expect(new Set(errorCodes).size).toBe(errorCodes.length);
});

test('an abort is known by its kind, not by its text', () => {
  expect(isAbortError(cancelled())).toBe(true);
  expect(isAbortError(new DOMException('x', 'AbortError'))).toBe(true);
  expect(isAbortError(new DOMException('x', 'TimeoutError'))).toBe(false);
  expect(isAbortError('AbortError')).toBe(false);
});

test.each([
  [new Error('text'), 'text'],
  ['text', 'text'],
  [undefined, 'undefined'],
  [Symbol('s'), 'Symbol(s)'],
  [Object.create(null), 'unknown error'],
])('any thrown value has a message', (thrown, message) => {
  expect(errorMessage(thrown)).toBe(message);
});

test.each([
  [Object.assign(new Error('x'), { code: 'ENOENT' }), 'ENOENT'],
  [Object.assign(new Error('x'), { code: 7 }), undefined],
  [{ code: 'ENOENT' }, undefined],
  [new Error('x'), undefined],
])('the code of a system error is a string on an Error', (thrown, code) => {
  expect(systemErrorCode(thrown)).toBe(code);
});

test('what cannot be is INTERNAL', () => {
  expect(() => unreachable('x' as never)).toThrow(PresyncError);
});
