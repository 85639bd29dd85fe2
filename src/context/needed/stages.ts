/** The stages of a Dockerfile, and which of them a build of one of them needs. */
import type { Dockerfile, Instruction } from 'dockerfile-ast';
import { Add, Arg, Copy, From, Run } from 'dockerfile-ast';
import type { Variables } from './variables.ts';
import { quoting, substitute } from './variables.ts';

export interface Stage {
  /** Lower case; '' for none. */
  readonly name: string;
  /** What it is FROM, lower case; undefined when that is not known. */
  readonly base: string | undefined;
  readonly instructions: readonly Instruction[];
}

export interface Stages {
  /** The value of each ARG before the first FROM, where it is known. */
  readonly globals: Variables;
  readonly stages: readonly Stage[];
}

export function readStages(dockerfile: Dockerfile, buildArgs: Variables): Stages {
  const globals = new Map<string, string>();
  const stages: { name: string; base: string | undefined; instructions: Instruction[] }[] = [];
  for (const instruction of dockerfile.getInstructions()) {
    if (instruction instanceof From) {
      const base = substitute(instruction.getImage() ?? '', globals)?.toLowerCase();
      stages.push({ name: (instruction.getBuildStage() ?? '').toLowerCase(), base, instructions: [] });
    } else if (stages.length > 0) {
      stages.at(-1)!.instructions.push(instruction);
    } else if (instruction instanceof Arg) {
      declare(globals, instruction, buildArgs, new Map());
    }
  }
  return { globals, stages };
}

/** Takes an ARG into account. `inherited`: what it is when neither the command line nor the line itself says. */
export function declare(
  variables: Map<string, string>,
  instruction: Arg,
  buildArgs: Variables,
  inherited: Variables,
): void {
  for (const property of instruction.getProperties()) {
    const name = property.getName();
    const written = property.getAssignmentOperator() === null ? undefined : (property.getValue() ?? '');
    const initial = written === undefined ? inherited.get(name) : substitute(written, variables);
    const value = buildArgs.get(name) ?? initial;
    if (value === undefined) variables.delete(name);
    else variables.set(name, value);
  }
}

/** The stage that a build of `target` builds; the last one for undefined. Undefined when there is none of that name. */
export function findTarget(stages: readonly Stage[], target: string | undefined): number | undefined {
  return target === undefined ? stages.length - 1 : stageNamed(stages, target, stages.length);
}

/**
 * The stages that a build of one of them needs, that one included. Undefined when that cannot be told: a FROM whose image
 * is not known could name any of them.
 */
export function reachableFrom(stages: readonly Stage[], target: number): ReadonlySet<number> | undefined {
  const reached = new Set<number>();
  const open = [target];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (reached.has(at)) continue;
    reached.add(at);
    const { base, instructions } = stages[at]!;
    if (base === undefined) return undefined;
    for (const name of [base, ...instructions.flatMap(sourceStages)]) {
      if (name.includes('$') || quoting.test(name)) return undefined;
      const found = stageNamed(stages, name, at);
      if (found !== undefined) open.push(found);
    }
  }
  return reached;
}

/** The stages and images that an instruction takes files from. */
function sourceStages(instruction: Instruction): string[] {
  if (instruction instanceof Run) {
    return mountsOf(instruction).flatMap(({ from }) => (from === undefined ? [] : [from]));
  }
  if (!(instruction instanceof Copy || instruction instanceof Add)) return [];
  return instruction.getFlags().flatMap((flag) => (flag.getName() === 'from' ? [flag.getValue() ?? ''] : []));
}

/** A name, or a number from 0, of a stage before `end`. The last one counts where several have a name. */
function stageNamed(stages: readonly Stage[], name: string, end: number): number | undefined {
  const wanted = name.toLowerCase();
  for (let at = end - 1; at >= 0; at--) if (stages[at]!.name === wanted) return at;
  return /^\d+$/.test(name) && Number(name) < end ? Number(name) : undefined;
}

/** A `--mount` of RUN. */
export interface Mount {
  readonly type: string;
  readonly from: string | undefined;
  readonly source: string;
}

export function mountsOf(run: Run): Mount[] {
  return run
    .getFlags()
    .filter((flag) => flag.getName() === 'mount')
    .map((flag) => {
      const options = new Map(
        flag.getOptions().map((option) => [option.getName().toLowerCase(), option.getValue() ?? '']),
      );
      return {
        type: options.get('type') ?? 'bind',
        from: options.get('from'),
        source: options.get('source') ?? options.get('src') ?? '/',
      };
    });
}
