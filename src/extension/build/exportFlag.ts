/** A result at a place of this machine as `--output` has it: CSV, for a path may have a comma in it. */
export function exportFlag(type: 'local' | 'tar' | 'docker', path: string): string {
  return `type=${type},"dest=${path.replaceAll('"', '""')}"`;
}
