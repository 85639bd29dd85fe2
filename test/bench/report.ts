/** How benches print what they found. They assert nothing: the last column says what the project aims at. */
import { cpus, release, totalmem } from 'node:os';

export interface Row {
  readonly what: string;
  readonly value: string;
  readonly aim?: string;
}

export const ms = (value: number): string => `${value.toFixed(value < 100 ? 1 : 0)} ms`;

/** A ratio. */
export const times = (value: number): string => `${value.toFixed(1)} x`;

export function printMachine(): void {
  const megabytes = Math.round(totalmem() / 2 ** 20);
  console.log(`${cpus().length} x ${cpus()[0]?.model}, ${megabytes} MB, Linux ${release()}, Node ${process.version}`);
}

export function printRows(rows: readonly Row[]): void {
  const width = Math.max(...rows.map(({ what }) => what.length));
  for (const { what, value, aim } of rows) {
    console.log(`  ${what.padEnd(width)}  ${value.padStart(12)}${aim ? `   (${aim})` : ''}`);
  }
}
