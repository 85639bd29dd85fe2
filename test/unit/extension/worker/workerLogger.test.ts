import { expect, test } from 'vitest';
import { PresyncError } from '../../../../src/base/errors.ts';
import { workerLogger } from '../../../../src/extension/worker/workerLogger.ts';

test('a log entry is one line with its fields, and an error with what is behind it', () => {
  const told: unknown[] = [];
  const logger = workerLogger((entry) => told.push(entry));
  logger.info('listening', { endpoint: 'unix:///x', files: 3, nothing: undefined });
  const cause = new PresyncError('LINK_LOST', 'gone', { cause: new Error('ECONNRESET') });
  logger.warn('sync failed', { error: new PresyncError('TIMEOUT', 'late', { cause }) });
  logger.debug('plain');
  logger.error('bad');
  expect(told).toEqual([
    { level: 'info', message: 'listening endpoint=unix:///x files=3 nothing=undefined' },
    { level: 'warn', message: 'sync failed error=TIMEOUT: late ← LINK_LOST: gone ← ECONNRESET' },
    { level: 'debug', message: 'plain' },
    { level: 'error', message: 'bad' },
  ]);
});

test('an error that is its own cause ends', () => {
  const told: string[] = [];
  const error = new Error('loop');
  error.cause = error;
  workerLogger(({ message }) => told.push(message)).info('x', { error });
  expect(told[0]?.length).toBeLessThan(200);
});
