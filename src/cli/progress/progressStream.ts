/** Where progress goes: the part of a Node write stream (stderr) that is needed. */
export interface ProgressStream {
  write(text: string, written?: (error?: Error | null) => void): boolean;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  readonly rows?: number | undefined;
}

/** Environment variables, by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Whether the stream is a terminal that can move its cursor. */
export function canRedraw(stream: ProgressStream, env: Environment): boolean {
  return stream.isTTY === true && env['TERM'] !== 'dumb';
}

/** Whether the user wants no colours at all (see no-color.org). */
export function forbidsColours(env: Environment): boolean {
  return (env['NO_COLOR'] ?? '') !== '';
}

/** Resolves once everything that was written has left the process, or cannot. */
export function flushed(stream: ProgressStream): Promise<void> {
  return new Promise((resolve) => stream.write('', () => resolve()));
}
