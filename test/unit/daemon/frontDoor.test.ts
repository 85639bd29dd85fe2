import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { certifiedNames, guardedDoor, loopbackNames, privateDoor } from '../../../src/daemon/frontDoor.ts';

const token = '0123456789abcdef'.repeat(4);
const door = guardedDoor(token, loopbackNames(7420));
const good = { host: '127.0.0.1:7420', authorization: `Bearer ${token}` };

/** What the door says to these headers; a list is the same header again and again. */
function refuses(headers: Readonly<Record<string, string | readonly string[]>>, at = door): number | undefined {
  const rawHeaders = Object.entries(headers).flatMap(([name, value]) =>
    (typeof value === 'string' ? [value] : value).flatMap((one) => [name, one]),
  );
  return at.refuses({ rawHeaders })?.status;
}

describe('a door with a token', () => {
  test.each(['127.0.0.1:7420', 'localhost:7420', 'LOCALHOST:7420', '[::1]:7420'])('opens for %s', (host) => {
    expect(refuses({ ...good, host })).toBeUndefined();
    expect(refuses({ Host: host, Authorization: good.authorization })).toBeUndefined();
  });

  test.each([
    'https://evil.example',
    'null',
    'http://localhost:3000',
    'vscode-webview://x',
    'http://127.0.0.1:7420',
    '',
  ])('is shut for a page of %j', (origin) => {
    expect(refuses({ ...good, origin })).toBe(403);
  });

  test.each([
    'evil.com',
    'evil.com:7420',
    '127.0.0.1.nip.io:7420',
    'localhost.evil.com:7420',
    'localhost.:7420',
    '127.0.0.1',
    '127.0.0.1:7421',
    '127.1:7420',
    '0.0.0.0:7420',
    '',
    ' 127.0.0.1:7420',
    'user@127.0.0.1:7420',
  ])('is shut for the name %j', (host) => {
    expect(refuses({ ...good, host })).toBe(403);
  });

  test('is shut without a name, and with two', () => {
    expect(refuses({ authorization: good.authorization })).toBe(403);
    expect(refuses({ ...good, host: [good.host, good.host] })).toBe(403);
    expect(refuses({ ...good, host: [good.host, 'evil.com'] })).toBe(403);
  });

  test.each([
    ['none', []],
    ['an empty one', ['']],
    ['another scheme', [`Basic ${token}`]],
    ['none behind the scheme', ['Bearer ']],
    ['a short one', [`Bearer ${token.slice(0, -1)}`]],
    ['a longer one', [`Bearer ${token}0`]],
    ['one that is a bit off', [`Bearer ${token.slice(0, -1)}e`]],
    ['one in capitals', [`Bearer ${token.toUpperCase()}`]],
    ['the right one twice', [good.authorization, good.authorization]],
    ['the right one behind another', ['Bearer x', good.authorization]],
    ['another behind the right one', [good.authorization, 'Bearer x']],
  ])('asks for the token: %s', (_what, authorization) => {
    expect(refuses({ ...good, authorization })).toBe(401);
  });

  test('takes it from no other header', () => {
    const { host } = good;
    expect(
      refuses({ host, cookie: `token=${token}`, 'x-token': token, 'proxy-authorization': `Bearer ${token}` }),
    ).toBe(401);
  });
});

describe('the door of a socket in a private folder', () => {
  test('needs no token and no name, and is shut for browsers', () => {
    expect(refuses({}, privateDoor)).toBeUndefined();
    expect(refuses({ host: 'anything' }, privateDoor)).toBeUndefined();
    expect(refuses({ origin: 'https://evil.example' }, privateDoor)).toBe(403);
  });
});

describe('a door with a certificate', () => {
  const certificate = makeCertificate();
  const certified = guardedDoor(token, certifiedNames(certificate, 7420));

  test.each(['build.example.org:7420', 'BUILD.example.org:7420', 'a.build.example.net:7420', '10.0.0.7:7420'])(
    'opens for %s, which the certificate names',
    (host) => expect(refuses({ ...good, host }, certified)).toBeUndefined(),
  );

  test.each([
    'localhost:7420',
    'example.org:7420',
    'x.build.example.org:7420',
    'a.b.build.example.net:7420',
    '10.0.0.8:7420',
    'build.example.org',
    'build.example.org:443',
    'build.example.org:7420:7420',
  ])('is shut for %s', (host) => {
    expect(refuses({ ...good, host }, certified)).toBe(403);
  });

  test('goes without a port in Host at that of https only', () => {
    const usual = guardedDoor(token, certifiedNames(certificate, 443));
    expect(refuses({ ...good, host: 'build.example.org' }, usual)).toBeUndefined();
    expect(refuses({ ...good, host: 'build.example.org:443' }, usual)).toBeUndefined();
    expect(refuses({ ...good, host: 'build.example.org:7420' }, usual)).toBe(403);
  });
});

function makeCertificate(): Buffer {
  const names = 'subjectAltName=DNS:build.example.org,DNS:*.build.example.net,IP:10.0.0.7';
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', '/dev/null'];
  return execFileSync('openssl', ['req', '-x509', ...key, '-subj', '/CN=x', '-addext', names], { stdio: 'pipe' });
}
