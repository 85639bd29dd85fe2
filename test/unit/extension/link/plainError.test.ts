import { expect, test } from 'vitest';
import { engineNotFound } from '../../../../src/builder/endpoint/resolveEngine.ts';
import { toPlainError } from '../../../../src/extension/link/plainError.ts';
import { readToken } from '../../../../src/transfer/access.ts';
import { refusal } from '../../../../src/transfer/route.ts';
import { locateContext, readDockerfile } from '../../../../src/workspace/contextFiles.ts';
import { parseDaemonEndpoint } from '../../../../src/transfer/daemonEndpoint.ts';

const thrownBy = async (work: () => unknown): Promise<unknown> => {
  try {
    await work();
  } catch (thrown) {
    return thrown;
  }
  throw new Error('nothing was thrown');
};

const endpoint = parseDaemonEndpoint('wss://host:1');

test.each<[string, () => unknown, string]>([
  [
    'no engine',
    () => Promise.reject(engineNotFound('No engine.')),
    'Install Docker (https://docs.docker.com/get-docker/), start it, or select another builder.',
  ],
  ['no Dockerfile', () => readDockerfile('/nowhere'), 'Create it, or name another in the setting presync.contexts.'],
  ['a file as a context', () => locateContext(import.meta.filename), 'in the setting presync.contexts.'],
  ['no token', () => readToken('/nowhere'), 'or name another file with PRESYNC_TOKEN_FILE.'],
  ['a wrong token', () => Promise.reject(refusal(401, endpoint)), 'PRESYNC_TOKEN_FILE names the file that is used.'],
  ['a long path', () => parseDaemonEndpoint(`unix:///${'x'.repeat(200)}`), 'or the setting presync.daemon, to a '],
])('the advice about %s speaks of no command line', async (_, work, advice) => {
  const { hint } = toPlainError(await thrownBy(work));
  expect(hint).toContain(advice);
  expect(hint).not.toMatch(/(^|\s)--?[a-z]/);
});
