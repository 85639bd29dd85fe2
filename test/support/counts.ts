/** Whether full counts and sizes were asked for: `scripts/test --full`. */
export const isFull = process.env['PRESYNC_FULL'] === '1';

/** How often something is done: `full` times with --full, else a part of that. */
export function rounds(full: number, part = Math.ceil(full / 20)): number {
  return isFull ? full : part;
}

/** A time limit for a test that is long with --full. */
export const faultTimeout = isFull ? 7_200_000 : 240_000;

/** Says what was found, beside what it has to be. */
export function printFigure(what: string, value: string, aim: string): void {
  console.log(`figure: ${what}: ${value} (${aim})`);
}
