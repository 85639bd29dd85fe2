import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Row } from '../bench/report.ts';
import { median } from '../bench/statistics.ts';

/** What a process has at one moment. */
interface Sample {
  readonly minute: number;
  readonly megabytes: number;
  readonly descriptors: number;
  readonly watches: number;
  /** What was left of the heap and of buffers after a collection of garbage, in megabytes, where the process tells. */
  readonly live: number | undefined;
}

interface Point {
  readonly minute: number;
  readonly megabytes: number;
}

/** Until then caches fill and code is compiled: the aim speaks of what comes after. */
const warmUp = { minutes: 10, share: 0.25 };

/** What one process has in the course of a run. Linux only. */
export class Samples {
  readonly #all: Sample[] = [];

  /** @param live what the process itself says that it keeps, in bytes */
  take(pid: number, minute: number, live?: number): void {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const megabytes = Number(/^VmRSS:\s*(\d+) kB$/m.exec(status)![1]) / 1024;
    const descriptors = readdirSync(`/proc/${pid}/fd`);
    const watches = descriptors.reduce((sum, descriptor) => sum + watchesOf(pid, descriptor), 0);
    this.#all.push({ minute, megabytes, descriptors: descriptors.length, watches, live: live && live / 2 ** 20 });
  }

  get latest(): string {
    const last = this.#all.at(-1);
    if (last === undefined) return '';
    const weighed = this.#all.findLast(({ live }) => live !== undefined)?.live;
    const live = weighed === undefined ? '' : ` (${weighed.toFixed(1)} live)`;
    return `${last.megabytes.toFixed(0)} MB${live}, ${last.descriptors} descriptors, ${last.watches} watches`;
  }

  rows(what: string): Row[] {
    const end = this.#all.at(-1)?.minute ?? 0;
    const settled = this.#all.filter(({ minute }) => minute >= Math.min(warmUp.minutes, end * warmUp.share));
    if (settled.length < 8) return [];
    const [from, to] = [settled[0]!.minute, settled.at(-1)!.minute];
    const after = `minutes ${from.toFixed(0)} to ${to.toFixed(0)}`;
    const inFifty = (points: readonly Point[]) => `${(slopeOf(points) * 50).toFixed(1)} MB`;
    const live = settled.flatMap(({ minute, live: megabytes }) =>
      megabytes === undefined ? [] : [{ minute, megabytes }],
    );
    return [
      { what: `${what}: memory, highest`, value: `${Math.max(...settled.map((s) => s.megabytes)).toFixed(0)} MB` },
      { what: `${what}: memory in 50 minutes, by the slope of ${after}`, value: inFifty(settled), aim: '5 MB' },
      ...(live.length < 8
        ? []
        : [{ what: `${what}: of that, kept after a collection of garbage`, value: inFifty(live), aim: '5 MB' }]),
      { what: `${what}: descriptors, first and last`, value: ends(settled.map((s) => s.descriptors)), aim: 'flat' },
      { what: `${what}: watches, first and last`, value: ends(settled.map((s) => s.watches)), aim: 'as folders' },
    ];
  }
}

function watchesOf(pid: number, descriptor: string): number {
  try {
    if (!readlinkSync(join(`/proc/${pid}/fd`, descriptor)).includes('inotify')) return 0;
    return (readFileSync(`/proc/${pid}/fdinfo/${descriptor}`, 'utf8').match(/^inotify /gm) ?? []).length;
  } catch {
    return 0; // closed meanwhile
  }
}

/** Megabytes a minute, by least squares. */
function slopeOf(samples: readonly Point[]): number {
  const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  const [x, y] = [mean(samples.map(({ minute }) => minute)), mean(samples.map(({ megabytes }) => megabytes))];
  const products = samples.map(({ minute, megabytes }) => (minute - x) * (megabytes - y));
  return mean(products) / mean(samples.map(({ minute }) => (minute - x) ** 2));
}

/** The medians of the first and the last quarter. */
function ends(values: readonly number[]): string {
  const quarter = Math.ceil(values.length / 4);
  return `${median(values.slice(0, quarter))}, ${median(values.slice(-quarter))}`;
}
