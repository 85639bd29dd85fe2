import { chmodSync, chownSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readCertificates, readToken } from '../../../src/transfer/access.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const token = 'a0'.repeat(32);

function tokenFile(content: string, mode = 0o600): string {
  const path = join(temporaryFolder(), 'token');
  writeFileSync(path, content);
  chmodSync(path, mode);
  return path;
}

const unauthorized = (words: string) => ({ code: 'UNAUTHORIZED', message: expect.stringContaining(words) as string });

describe('a token file', () => {
  test('gives its token, without the line end', async () => {
    expect(await readToken(tokenFile(`${token}\n`))).toBe(token);
  });

  test.each([0o640, 0o604, 0o660, 0o644])('of mode %o is refused: others could read it', async (mode) => {
    await expect(readToken(tokenFile(token, mode))).rejects.toMatchObject(unauthorized('others'));
  });

  test('of another user is refused', async () => {
    const path = tokenFile(token);
    // Tests run as root; what belongs to nobody then belongs to someone else.
    if (process.getuid!() === 0) chownSync(path, 65534, 65534);
    else return expect(process.getuid!()).not.toBe(0);
    await expect(readToken(path)).rejects.toMatchObject(unauthorized('others'));
  });

  test('that is a link is refused', async () => {
    const link = join(temporaryFolder(), 'link');
    symlinkSync(tokenFile(token), link);
    await expect(readToken(link)).rejects.toMatchObject(unauthorized('ELOOP'));
  });

  test.each(['', 'short', `${token} ${token}`, 'ü'.repeat(40), 'x'.repeat(5000)])(
    'that holds no token is refused: %j',
    async (content) => {
      await expect(readToken(tokenFile(content))).rejects.toMatchObject(unauthorized('no token'));
    },
  );

  test('that does not exist is missed by its name, with what to do', async () => {
    await expect(readToken('/no/such/token')).rejects.toMatchObject({
      ...unauthorized('/no/such/token'),
      hint: expect.stringContaining('--token-file') as string,
    });
  });
});

test('a file of certificates that does not exist is missed by its name', async () => {
  await expect(readCertificates('/no/such/ca.pem')).rejects.toMatchObject({
    code: 'BAD_ENDPOINT',
    message: expect.stringContaining('/no/such/ca.pem') as string,
  });
});
