import { readFileSync, writeFileSync } from 'node:fs';

/** How far the memory of a process rose, in bytes, from its present size to its highest while `run` ran. Linux only. */
export async function memoryRise(pid: number, run: () => Promise<void>): Promise<number> {
  // See proc(5): 5 sets the high-water mark back to the present size.
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
  const before = residentBytes(pid, 'VmHWM');
  await run();
  return residentBytes(pid, 'VmHWM') - before;
}

/** Of a process, in bytes; `field` as in proc(5), such as VmRSS. */
export function residentBytes(pid: number, field: string): number {
  const line = new RegExp(`^${field}:\\s*(\\d+) kB$`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(line![1]) * 1024;
}
