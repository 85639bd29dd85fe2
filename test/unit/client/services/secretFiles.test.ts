import { execFileSync } from 'node:child_process';
import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { clientLimits } from '../../../../src/client/limits.ts';
import { openSecrets, parseSecrets } from '../../../../src/client/services/secretFiles.ts';
import { temporaryFolder } from '../../../support/temporary.ts';

const usage = expect.objectContaining({ code: 'USAGE' }) as Error;
const text = (bytes: Uint8Array | undefined) => (bytes === undefined ? undefined : Buffer.from(bytes).toString());

describe('--secret', () => {
  it.each([
    ['id=a,src=x', { kind: 'file', path: '/here/x' }],
    ['id=a,source=/x', { kind: 'file', path: '/x' }],
    ['type=file,id=a', { kind: 'file', path: '/here/a' }],
    ['id=a,env=TOKEN', { kind: 'variable', name: 'TOKEN' }],
    ['id=a,type=env,src=TOKEN', { kind: 'variable', name: 'TOKEN' }],
    ['id=TOKEN,type=env', { kind: 'variable', name: 'TOKEN' }],
    ['id=TOKEN', { kind: 'variable', name: 'TOKEN' }],
    ['id=other', { kind: 'file', path: '/here/other' }],
    ['id=constructor', { kind: 'file', path: '/here/constructor' }],
  ])('%s', (flag, place) => {
    expect([...parseSecrets([flag], { TOKEN: 't' }, '/here').values()]).toEqual([place]);
  });

  it.each(['', 'src=x', 'id=', 'id=a,src=x,env=Y', 'id=a,type=tape', 'id=a,mode=0400', 'x'])('refuses %j', (flag) => {
    expect(() => parseSecrets([flag], {}, '/')).toThrow(usage);
  });

  it('refuses one id twice', () => {
    expect(() => parseSecrets(['id=a,src=x', 'id=a,src=y'], {}, '/')).toThrow(usage);
  });

  const open = (flags: string[], env: Record<string, string> = {}, cwd = '/') =>
    openSecrets(parseSecrets(flags, env, cwd), env);

  it('reads the bytes when they are asked for, and nothing that was not named', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'x'), 'before');
    const store = await open(['id=file,src=x', 'id=var,env=TOKEN'], { TOKEN: 'tökén' }, folder);
    writeFileSync(join(folder, 'x'), 'after\0\n');
    expect(text(await store.read('file'))).toBe('after\0\n');
    expect(text(await store.read('var'))).toBe('tökén');
    expect(await store.read('x')).toBeUndefined();
  });

  it('takes as much as BuildKit does', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'x'), Buffer.alloc(clientLimits.secretBytes));
    const store = await open(['id=x'], {}, folder);
    expect((await store.read('x'))?.length).toBe(clientLimits.secretBytes);
    writeFileSync(join(folder, 'x'), Buffer.alloc(clientLimits.secretBytes + 1));
    await expect(store.read('x')).rejects.toMatchObject({ code: 'SECRET_UNREADABLE' });
  });

  it('says at once what is not there', async () => {
    const folder = temporaryFolder();
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    writeFileSync(join(folder, 'large'), Buffer.alloc(clientLimits.secretBytes + 1));
    symlinkSync('gone', join(folder, 'dangling'));
    for (const name of ['absent', 'pipe', 'large', 'dangling', '.']) {
      await expect(open([`id=a,src=${name}`], {}, folder)).rejects.toMatchObject({
        code: 'SECRET_UNREADABLE',
        hint: expect.stringMatching(/--secret/) as string,
      });
    }
    await expect(open(['id=a,env=ABSENT'])).rejects.toMatchObject({ code: 'SECRET_UNREADABLE' });
  });

  it('says so when a file goes before it is asked for', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'x'), 'x');
    const store = await open(['id=x'], {}, folder);
    rmSync(join(folder, 'x'));
    await expect(store.read('x')).rejects.toMatchObject({ code: 'SECRET_UNREADABLE' });
  });
});
