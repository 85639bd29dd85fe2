import { describe, expect, test } from 'vitest';
import { PresyncError } from '../../../src/base/errors.ts';
import type { BuildReport, BuiltTarget } from '../../../src/cli/plannedBuild.ts';
import { errorJson, errorLines, imageIds, resultJson, resultLines } from '../../../src/cli/output.ts';
import { digestOf, formatDigest } from '../../../src/context/digest.ts';
import type { Path } from '../../../src/context/path.ts';

const snapshot = digestOf(new TextEncoder().encode('x'));

function built(change: Partial<BuiltTarget> = {}): BuiltTarget {
  const transfer = { diffCopies: 1, files: 2, bytes: 3 };
  return {
    name: '',
    outcome: {
      snapshot,
      result: {
        imageId: `sha256:${'ab'.repeat(32)}`,
        imageBytes: 12_340_000,
        metadata: new Map(),
        generation: 'g1',
        solveMs: 2345.678,
        transfer,
      },
      sent: { files: 1, bytes: 1500 },
      verified: true,
      verifyMs: 0.04,
      differing: { paths: [], count: 0 },
    },
    tags: ['app:1', 'app:2'],
    written: [],
    ...change,
  };
}

function report(...builds: BuiltTarget[]): BuildReport {
  return { builds: builds.length > 0 ? builds : [built()], timings: { readyMs: 41.26, totalMs: 3000 } };
}

describe('the result', () => {
  test('as JSON is what the contract says', () => {
    expect(JSON.parse(resultJson(report()))).toEqual({
      ok: true,
      imageId: `sha256:${'ab'.repeat(32)}`,
      snapshot: formatDigest(snapshot),
      generation: 'g1',
      sent: { files: 1, bytes: 1500 },
      builder: { diffCopies: 1, files: 2, bytes: 3 },
      verified: true,
      timings: { readyMs: 41.3, solveMs: 2345.7, verifyMs: 0, totalMs: 3000 },
    });
  });

  test('of several builds has each of them', () => {
    const all = report(built({ name: 'a', tags: ['app:a'] }), built({ name: 'b' }));
    const json = JSON.parse(resultJson(all)) as object;
    expect(json).toMatchObject({
      ok: true,
      builds: [{ name: 'a', tags: ['app:a'], verified: true }, { name: 'b' }],
      timings: { readyMs: 41.3, totalMs: 3000 },
    });
    expect(resultLines(all).filter((line) => line.startsWith('Built '))).toHaveLength(2);
    expect(imageIds(all)).toHaveLength(2);
  });

  test('never claims a proof that there was not', () => {
    const unproven = report(built({ outcome: { ...built().outcome, verified: false } }));
    expect(JSON.parse(resultJson(unproven))).toMatchObject({ verified: false });
    expect(resultLines(unproven).join()).not.toContain('verified');
  });

  test('names what kept it from being proven', () => {
    const differing = { paths: ['app.log' as Path, 'b' as Path], count: 5 };
    const moved = report(built({ outcome: { ...built().outcome, verified: false, differing } }));
    expect(JSON.parse(resultJson(moved))).toMatchObject({ differing: { paths: ['app.log', 'b'], count: 5 } });
    expect(resultLines(moved).at(-1)).toBe(
      '  not verified: "app.log" and 4 more changed while it was built; build again to have what it is now',
    );
  });

  test('is short for people', () => {
    expect(resultLines(report())).toEqual([
      'Built app:1, app:2 (sha256:abababababab), 12.34MB',
      '  1 file sent, 1.50kB; ready in 41 ms, solved in 2.35 s, verified in 0 ms',
    ]);
  });

  test('names the image itself where there is no tag, says when nothing was sent, and no size that is not known', () => {
    const { outcome } = built();
    const warm = { ...outcome, result: { ...outcome.result, imageBytes: 0 }, sent: { files: 0, bytes: 0 } };
    expect(resultLines(report(built({ tags: [], outcome: warm })))).toEqual([
      `Built sha256:${'ab'.repeat(32)}`,
      '  nothing sent; ready in 41 ms, solved in 2.35 s, verified in 0 ms',
    ]);
  });
});

describe('an error', () => {
  const error = new PresyncError('DOCKERFILE_NOT_FOUND', 'No Dockerfile.', { hint: 'Name it with -f.' });

  test('as JSON is what the contract says', () => {
    expect(JSON.parse(errorJson(error))).toEqual({
      ok: false,
      code: 'DOCKERFILE_NOT_FOUND',
      message: 'No Dockerfile.',
      hint: 'Name it with -f.',
    });
    const failed = new PresyncError('BUILD_FAILED', 'x', { data: { line: 3 } });
    expect(JSON.parse(errorJson(failed))).toMatchObject({ hint: '', data: { line: 3 } });
  });

  test('is a line and a hint, without a stack', () => {
    expect(errorLines(error, false)).toEqual(['presync: No Dockerfile.', '  hint: Name it with -f.']);
    expect(errorLines(new PresyncError('INTERNAL', 'x'), false)).toEqual(['presync: x']);
  });

  test('of several lines keeps them apart', () => {
    expect(errorLines(new PresyncError('BUILD_FAILED', 'one\ntwo'), false)).toEqual(['presync: one', '  two']);
  });

  test('shows its causes on demand, even when they go round in a circle', () => {
    const inner = new Error('connect ENOENT');
    const outer = new PresyncError('ENGINE_UNREACHABLE', 'No engine.', { cause: inner });
    expect(errorLines(outer, false).join('\n')).not.toContain('ENOENT');
    expect(errorLines(outer, true).join('\n')).toContain('connect ENOENT');
    inner.cause = outer;
    expect(errorLines(outer, true).length).toBeLessThan(500);
  });

  test('cannot steer a terminal, in either form', () => {
    const evil = new PresyncError('INTERNAL', 'a\x1b[2J\u202e\u009b', {
      hint: '\x1b]0;x\x07',
      cause: new Error('\x1bc'),
    });
    for (const text of [...errorLines(evil, true), errorJson(evil)]) {
      expect(text).not.toMatch(/[\x00-\x1f\x7f-\x9f\u202e]/);
    }
    expect((JSON.parse(errorJson(evil)) as { message: string }).message).toBe(evil.message);
  });
});
