/** docs/benchmarks.md, and its plot: nothing in them is typed by hand. */
import { execFileSync } from 'node:child_process';
import { cpus, release, totalmem } from 'node:os';
import type { Row } from '../report.ts';
import type { Measured, ToolName } from './tools.ts';
import { toolNames } from './tools.ts';

/** What each tool took for a case. */
export interface Outcome {
  readonly what: string;
  readonly by: ReadonlyMap<ToolName, Measured>;
}

export interface Section {
  readonly title: string;
  /** Whether the time is what counts, or the bytes. */
  readonly shows: 'bytes' | 'both';
  readonly outcomes: readonly Outcome[];
}

export function benchmarksPage(
  command: string,
  engine: string,
  sections: readonly Section[],
  goals: readonly Row[],
): string {
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 20)} MB, Linux ${release()}`;
  const rsync = /version (\S+)/.exec(execFileSync('rsync', ['--version'], { encoding: 'utf8' }))?.[1];
  return [
    '# Benchmarks of the wire',
    '',
    `Written by \`${command}\` on ${new Date().toISOString().slice(0, 10)}:`,
    `${machine}; Node ${process.version}, Docker`,
    `${engine}, rsync ${rsync}. The machine did other work as well, so times are to be compared with each other only.`,
    '',
    'Bytes are those of both directions together, counted by a proxy in front of the far side, without TCP and IP. All tools',
    'move the same folder in the same run, one after the other. Contents are random text, which shrinks by a quarter, and',
    'random bytes. `docker build` includes the build, `FROM scratch` and `COPY . /src`; the others only bring the folder',
    'there. Presync connects anew each time and compares the trees, as after a restart; an editor keeps its connection.',
    'Links are a network namespace behind `tbf`; latency is that of the proxy, of a round trip.',
    '',
    '![Bytes on the wire by case and tool](wire.svg)',
    ...sections.flatMap(sectionLines),
    '',
    '## Aims',
    '',
    ...table(
      ['', 'measured', 'aim'],
      goals.map(({ what, value, aim = '' }) => [what.trim(), value, aim]),
    ),
    '',
  ].join('\n');
}

function sectionLines({ title, shows, outcomes }: Section): string[] {
  const cell = (measured: Measured | undefined) => {
    if (measured === undefined) return '';
    return shows === 'bytes' ? bytesText(measured.bytes) : `${secondsText(measured.ms)}, ${bytesText(measured.bytes)}`;
  };
  const rows = outcomes.map(({ what, by }) => [what, ...toolNames.map((name) => cell(by.get(name)))]);
  return ['', `## ${title}`, '', ...table(['', ...toolNames], rows)];
}

function table(head: string[], rows: string[][]): string[] {
  const widths = head.map((_, at) => Math.max(3, ...[head, ...rows].map((row) => row[at]!.length)));
  const line = (row: string[]) =>
    `| ${row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join(' | ')} |`;
  const rule = `| ${widths.map((width, at) => (at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [line(head), rule, ...rows.map(line)];
}

export function bytesText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  const power = bytes < 1000 ? 0 : Math.min(3, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${power === 0 || value >= 100 ? value.toFixed(0) : value.toFixed(1)} ${units[power]}`;
}

export function secondsText(ms: number): string {
  return ms < 10_000 ? `${(ms / 1000).toFixed(2)} s` : `${(ms / 1000).toFixed(0)} s`;
}

const colours = ['#2a7de1', '#7a8794', '#d9822b', '#b34a5a'];
const left = 330;
const width = 860;
const barHeight = 9;

/** Bars on a logarithmic scale, from 100 bytes. */
export function wirePlot(outcomes: readonly Outcome[]): string {
  const rowHeight = toolNames.length * barHeight + 14;
  const height = 50 + outcomes.length * rowHeight;
  const most = Math.max(...outcomes.flatMap(({ by }) => [...by.values()].map(({ bytes }) => bytes)));
  const x = (bytes: number) =>
    left + ((width - left - 80) * Math.log10(Math.max(bytes, 100) / 100)) / Math.log10(most / 100);
  const legend = toolNames.map(
    (name, at) =>
      `<rect x="${left + at * 125}" y="10" width="10" height="10" fill="${colours[at]}"/><text x="${left + 15 + at * 125}" y="19">${name}</text>`,
  );
  const rows = outcomes.map(({ what, by }, row) => {
    const top = 40 + row * rowHeight;
    const bars = toolNames.map((name, at) => {
      const bytes = by.get(name)?.bytes ?? 0;
      const y = top + at * barHeight;
      return `<rect x="${left}" y="${y}" width="${(x(bytes) - left).toFixed(1)}" height="${barHeight - 1}" fill="${colours[at]}"/><text x="${(x(bytes) + 4).toFixed(1)}" y="${y + barHeight - 1}" font-size="9">${bytesText(bytes)}</text>`;
    });
    return `<text x="${left - 8}" y="${top + 22}" text-anchor="end">${what}</text>${bars.join('')}`;
  });
  const style = `font-family="sans-serif" font-size="12" fill="#24292f"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" ${style}><rect width="100%" height="100%" fill="#fff"/>${legend.join('')}${rows.join('')}</svg>\n`;
}
