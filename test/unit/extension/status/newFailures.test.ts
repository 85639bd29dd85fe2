import { beforeEach, expect, test } from 'vitest';
import { NewFailures } from '../../../../src/extension/status/newFailures.ts';
import { someContext, someError } from '../../../support/contextViews.ts';

let failures: NewFailures;
beforeEach(() => (failures = new NewFailures()));

const failing = someContext({ failure: someError });

test('a failure is told once, however often the context says so', () => {
  expect(failures.take([failing])).toEqual([someError]);
  expect(failures.take([failing])).toEqual([]);
});

test('after the context was in sync it is news again; while it only syncs it is not', () => {
  failures.take([failing]);
  failures.take([someContext({ inSync: false })]);
  expect(failures.take([failing])).toEqual([]);
  failures.take([someContext({})]);
  expect(failures.take([failing])).toEqual([someError]);
});

test('being offline is no news', () => {
  expect(failures.take([someContext({ link: 'waiting', failure: someError })])).toEqual([]);
});

test('what fails for two contexts alike is told once', () => {
  expect(failures.take([failing, { ...failing, key: 'other' }])).toHaveLength(1);
});

test('another failure of the same context is another', () => {
  failures.take([failing]);
  const other = { ...someError, code: 'CONTEXT_NOT_FOUND' as const };
  expect(failures.take([someContext({ failure: other })])).toEqual([other]);
});

test('what a build has failed by was heard of', () => {
  failures.heard([failing], 'ENGINE_NOT_FOUND');
  expect(failures.take([failing])).toEqual([]);
});
