import { describe, expect, test } from 'vitest';
import { clientLimits } from '../../../src/client/limits.ts';
import { findSecrets } from '../../../src/client/secrets.ts';
import { MemoryContext } from '../../support/memoryContext.ts';

const never = new AbortController().signal;
const find = (items: Parameters<MemoryContext['tree']>[0]) => findSecrets(new MemoryContext().tree(items), never);

describe('the secrets of a context', () => {
  test('are files that look like some, those nearest to the root first', async () => {
    const tree = { 'a/b/c/.env': 'x', 'z/server.key': 'x', '.npmrc': 'x', 'a/main.ts': 'x', 'a/b/.env': 'x' };
    expect(await find(tree)).toEqual(['.npmrc', 'z/server.key', 'a/b/.env', 'a/b/c/.env']);
  });

  test('are neither folders nor links', async () => {
    expect(await find({ '.env/bin/python': 'x', 'link.key': { link: '/etc/ssl/private.key' } })).toEqual([]);
  });

  test('are no more than anybody reads, and the nearest of them', async () => {
    const deep = Array.from({ length: clientLimits.secretsTold * 2 }, (_, i) => [`a/deep/${i}.pem`, 'x'] as const);
    const found = await find(Object.fromEntries([...deep, ['z.key', 'x']]));
    expect(found).toHaveLength(clientLimits.secretsTold);
    expect(found[0]).toBe('z.key');
  });

  test('are no longer looked for when nobody waits', async () => {
    const many = Object.fromEntries(Array.from({ length: 40_000 }, (_, i) => [`${i % 200}/${i}`, 'x'] as const));
    const tree = new MemoryContext().tree(many);
    await expect(findSecrets(tree, AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
