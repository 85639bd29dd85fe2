/**
 * Which lines of a Dockerfile a step came from, for engines that do not say (Docker 20.10).
 *
 * A step is named '[stage 2/3] RUN make all': the instruction with its continuation lines joined.
 */

export interface LineRange {
  /** From 1. */
  readonly line: number;
  readonly endLine: number;
}

interface Instruction extends LineRange {
  readonly text: string;
  /** The name of its stage in lower case, or 'stage-N' counted from 0. */
  readonly stage: string;
}

/** The lines of the step's instruction, or undefined when none matches or several do: no line is better than a wrong one. */
export function findStep(dockerfile: string, step: string): LineRange | undefined {
  const [, position = '', text = ''] = /^\[([^\]]*)\] (.*)$/s.exec(step) ?? [];
  if (text === '') return undefined;
  const all = instructions(dockerfile).filter((instruction) => instruction.text === squeeze(text));
  const stage = /^(\S+) \d+\/\d+$/.exec(position)?.[1]?.toLowerCase();
  const found = all.length > 1 && stage !== undefined ? all.filter((one) => one.stage === stage) : all;
  return found.length === 1 ? { line: found[0]!.line, endLine: found[0]!.endLine } : undefined;
}

function instructions(dockerfile: string): Instruction[] {
  const escape = /^\s*#\s*escape\s*=\s*(\S)/im.exec(dockerfile)?.[1] ?? '\\';
  const found: Instruction[] = [];
  let stage = '';
  let stages = 0;
  let text = '';
  let line = 0;
  dockerfile.split(/\r?\n/).forEach((raw, index) => {
    if (/^\s*(#|$)/.test(raw)) return; // comments and empty lines may stand between continuation lines
    if (text === '') line = index + 1;
    const trimmed = raw.trimEnd();
    const continues = trimmed.endsWith(escape);
    text += continues ? trimmed.slice(0, -1) : raw;
    if (continues) return;
    const from = /^\s*FROM\s+(?:--\S+\s+)*\S+(?:\s+AS\s+(\S+))?/i.exec(text);
    if (from !== null) stage = (from[1] ?? `stage-${stages}`).toLowerCase();
    if (from !== null) stages++;
    found.push({ text: squeeze(text), stage, line, endLine: index + 1 });
    text = '';
  });
  return found;
}

/** With single spaces and the instruction's word in capitals, as step names have it. */
function squeeze(text: string): string {
  return text
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/^\S+/, (word) => word.toUpperCase());
}
