import type { BigIntStats } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fileSystemAt, kernelHasFineTimes, plainFileSystem } from '../../../src/workspace/fileSystem.ts';
import { isRacy, isYoung, momentNs, nowNs, timeToRest } from '../../../src/workspace/fileTimes.ts';
import { workspaceLimits } from '../../../src/workspace/limits.ts';

const { clockTicks, wholeSeconds, writerAway } = workspaceLimits;
const now = 1_700_000_000_123_456_789n;
const ms = (milliseconds: number) => BigInt(milliseconds) * 1_000_000n;

/** A small file that was changed so many milliseconds before `now`. */
function file(age: number, change: Partial<BigIntStats> = {}): BigIntStats {
  const time = now - ms(age);
  return { size: 10n, mtimeNs: time, ctimeNs: time, ...change } as BigIntStats;
}

const locking = { clockError: 0, locksWrites: true, fineTimes: true };

describe('a file may be read', () => {
  test('at once where a write is waited for and every change shows', () => {
    expect(timeToRest(file(0), now, locking)).toBe(0);
  });

  test('after two ticks where two changes may bear one time', () => {
    expect(timeToRest(file(5), now, { ...locking, fineTimes: false })).toBeCloseTo(clockTicks - 5);
    expect(timeToRest(file(clockTicks), now, { ...locking, fineTimes: false })).toBe(0);
  });

  test('after what a write may take as well, where nobody tells when it is over', () => {
    expect(timeToRest(file(0), now, plainFileSystem)).toBeGreaterThanOrEqual(clockTicks);
    expect(timeToRest(file(0, { size: 100n << 20n }), now, plainFileSystem)).toBeGreaterThanOrEqual(clockTicks + 100);
    expect(timeToRest(file(clockTicks + writerAway + 1), now, plainFileSystem)).toBe(0);
  });

  test('after two seconds where times are whole seconds', () => {
    const whole = { mtimeNs: 1_700_000_000_000_000_000n, ctimeNs: 1_700_000_000_000_000_000n };
    const rest = timeToRest(file(0, whole), now, plainFileSystem);
    expect(rest).toBeGreaterThan(wholeSeconds - 124);
    expect(rest).toBeLessThanOrEqual(wholeSeconds + writerAway);
  });

  test('at once when its times lie far in the future: waiting does not mend that', () => {
    expect(timeToRest(file(-3_600_000), now, plainFileSystem)).toBe(0);
  });
});

describe('a stat key proves nothing', () => {
  test.each([
    ['right after a change', 0, 0, true],
    ['within two ticks of it', clockTicks - 1, 0, true],
    ['never longer', clockTicks + 2, 0, false],
    ['while the clock of a server may be ahead', 1000, 60_000, true],
    ['of a file from the future', -3_600_000, 0, true],
  ])('%s', (_, age, clockError, racy) => {
    expect(isRacy(file(age), now, clockError)).toBe(racy);
  });

  test('where only mtime tells of a recent change; one that was set to the future does not count', () => {
    const old = now - ms(10_000);
    expect(isRacy(file(0, { ctimeNs: old }), now, 0)).toBe(true);
    expect(isRacy(file(0, { ctimeNs: old, mtimeNs: now + ms(1000) }), now, 0)).toBe(false);
  });
});

test('a write may be under way for a while after it began', () => {
  expect(isYoung(file(100), now)).toBe(true);
  expect(isYoung(file(3_600_000), now)).toBe(false);
});

test('nothing that has happened is later than the moment', () => {
  expect(momentNs()).toBeGreaterThan(nowNs());
});

test('kernels since 6.13 give each change a time of its own', () => {
  expect(['6.13.0', '6.18.44-fc', '7.0.0-rc1', '10.1'].every(kernelHasFineTimes)).toBe(true);
  expect(['6.12.9', '5.15.167.4-microsoft-standard-WSL2', '6.1.0-28-amd64', ''].some(kernelHasFineTimes)).toBe(false);
});

test.runIf(process.platform === 'linux')('tmpfs and ext4 are told apart', () => {
  expect(fileSystemAt('/dev/shm')).toMatchObject({ clockError: 0, locksWrites: false });
  expect(fileSystemAt('/proc')).toMatchObject({ clockError: workspaceLimits.serverClock, locksWrites: false });
});
