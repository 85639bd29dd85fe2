/** Prints rows of text in columns: the first column to the left, the others to the right, under a line of titles. */
export function printTable(titles, rows) {
  const widths = titles.map((title, column) =>
    Math.max(...[title, ...rows.map((row) => row[column])].map((c) => c.length)),
  );
  const line = (cells) =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('   ');
  console.log(line(titles));
  console.log(widths.map((width) => '-'.repeat(width)).join('   '));
  for (const row of rows) console.log(line(row).trimEnd());
}

/** Milliseconds for people. */
export function duration(ms) {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
}

/** Bytes for people, in powers of 1000 as docker prints them. */
export function size(bytes) {
  const units = ['B', 'kB', 'MB', 'GB'];
  let unit = 0;
  while (bytes >= 1000 && unit < units.length - 1) {
    bytes /= 1000;
    unit++;
  }
  return `${unit === 0 ? bytes : bytes.toFixed(1)} ${units[unit]}`;
}
