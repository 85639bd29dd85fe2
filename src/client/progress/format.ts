/** Numbers for people. Bytes are decimal (1 kB = 1000 bytes), as in Docker's own output. */
import type { Sent } from '../../context/sent.ts';

const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** A size with three significant steps: '0B', '999B', '1.50kB', '12.00MB'. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  // 999.995 would print as 1000.00, so the unit changes a little before 1000.
  while (value >= (unit === 0 ? 1000 : 999.995) && unit < byteUnits.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 ? value : value.toFixed(2)}${byteUnits[unit]}`;
}

/** A number of things: '1 file', '12 files'. */
export function formatCount(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** What was moved: 'nothing sent', '2 files sent, 1.50kB'. */
export function formatSent({ files, bytes }: Sent): string {
  return files === 0 ? 'nothing sent' : `${formatCount(files, 'file')} sent, ${formatBytes(bytes)}`;
}

/** The running time of a step: '0.0s', '12.3s'. A clock that went back counts as 0. */
export function formatSeconds(ms: number): string {
  return `${(Math.max(0, ms) / 1000).toFixed(1)}s`;
}

/** When a line of output came, in seconds since its step began, always five characters or a little more. */
export function formatLogTime(ms: number): string {
  const seconds = Math.max(0, ms) / 1000;
  if (seconds < 10) return seconds.toFixed(3);
  return seconds.toFixed(seconds < 100 ? 2 : 1);
}

/** A duration for a summary: '41 ms', '2.35 s', '3 min 05 s'. */
export function formatDuration(ms: number): string {
  const whole = Math.round(Math.max(0, ms));
  if (whole < 1000) return `${whole} ms`;
  if (whole < 59_995) return `${(whole / 1000).toFixed(2)} s`;
  const seconds = Math.round(whole / 1000);
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}
