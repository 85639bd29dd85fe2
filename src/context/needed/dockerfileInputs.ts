/**
 * Which files of the context a build can use, by its Dockerfile: the sources of COPY and ADD and the bind mounts of RUN in
 * the stages that its target needs.
 *
 * BuildKit's own frontend decides what is used; whatever is not fully understood here means all. Too much costs time, too
 * little would make another image.
 */
import type { Instruction } from 'dockerfile-ast';
import { Add, Arg, Copy, DockerfileParser, Env, Onbuild, Run } from 'dockerfile-ast';
import { fromText } from '../../base/bytes.ts';
import { copyWordsAtLeast, isRemote } from '../copyWords.ts';
import type { Needed } from './needed.ts';
import { everythingNeeded, nothingNeeded, unionOf } from './needed.ts';
import { parseSource } from './sourcePattern.ts';
import type { Stage } from './stages.ts';
import { declare, findTarget, mountsOf, reachableFrom, readStages } from './stages.ts';
import type { Variables } from './variables.ts';
import { quoting, substitute } from './variables.ts';

export interface BuildInputs {
  readonly dockerfile: Uint8Array;
  /** The stage to build; undefined for the last one. */
  readonly target: string | undefined;
  readonly buildArgs: Variables;
}

export function neededBy({ dockerfile, target, buildArgs }: BuildInputs): Needed {
  try {
    return analyse(new TextDecoder('utf-8', { fatal: true }).decode(dockerfile), target, buildArgs);
  } catch {
    return everythingNeeded('the Dockerfile cannot be read as text');
  }
}

/** What one COPY, ADD or RUN needs, as BuildKit words it in the progress of a build: with its variables replaced. */
export function neededByStep(words: string): Needed {
  const [instruction] = DockerfileParser.parse(words).getInstructions();
  return instruction === undefined ? nothingNeeded : neededByInstruction(instruction, new Map());
}

function analyse(text: string, target: string | undefined, buildArgs: Variables): Needed {
  // BuildKit looks for directives behind a first line `#!…`.
  const parsed = DockerfileParser.parse(text.replace(/^#!.*\n/, ''));
  const named = parsed.getDirectives().some((directive) => directive.getName().toLowerCase() === 'syntax');
  if (named || buildArgs.has('BUILDKIT_SYNTAX')) {
    return everythingNeeded(`another frontend reads the Dockerfile (${named ? '# syntax=' : 'BUILDKIT_SYNTAX'})`);
  }
  const { globals, stages } = readStages(parsed, buildArgs);
  const wanted = findTarget(stages, target);
  const reached = wanted === undefined || wanted < 0 ? undefined : reachableFrom(stages, wanted);
  if (reached === undefined) return everythingNeeded('which stages are built is not known beforehand');
  let needed: Needed = nothingNeeded;
  const environments = new Map<Stage, Variables>();
  for (const [at, stage] of stages.entries()) {
    // Every stage, since later ones inherit its ENV.
    const inputs = stageInputs(stage, { stages, at, environments, globals, buildArgs });
    if (reached.has(at)) needed = unionOf(needed, inputs);
  }
  return needed;
}

interface Scope {
  readonly stages: readonly Stage[];
  readonly at: number;
  /** What ENV has set at the end of each stage. */
  readonly environments: Map<Stage, Variables>;
  readonly globals: Variables;
  readonly buildArgs: Variables;
}

function stageInputs(stage: Stage, { stages, at, environments, globals, buildArgs }: Scope): Needed {
  const base = stages.slice(0, at).findLast(({ name }) => name !== '' && name === stage.base);
  const env = new Map(base === undefined ? [] : environments.get(base));
  const args = new Map<string, string>();
  let needed: Needed = nothingNeeded;
  for (const instruction of stage.instructions) {
    // ENV wins over ARG.
    const variables = new Map([...args, ...env]);
    if (instruction instanceof Arg) declare(args, instruction, buildArgs, globals);
    else if (instruction instanceof Env) setEnvironment(env, instruction, variables);
    else needed = unionOf(needed, neededByInstruction(instruction, variables));
  }
  environments.set(stage, env);
  return needed;
}

function setEnvironment(env: Map<string, string>, instruction: Env, variables: Variables): void {
  for (const property of instruction.getProperties()) {
    const value = substitute(property.getValue() ?? '', variables);
    // An unknown value hides what was known before.
    env.set(property.getName(), value ?? unknownValue);
  }
}

/** Contains what `substitute` refuses. */
const unknownValue = '$';

/** Instructions that read nothing of the context. */
const others = /^(CMD|ENTRYPOINT|ENV|EXPOSE|FROM|HEALTHCHECK|LABEL|MAINTAINER|SHELL|STOPSIGNAL|USER|VOLUME|WORKDIR)$/;

function neededByInstruction(instruction: Instruction, variables: Variables): Needed {
  if (instruction instanceof Onbuild) return everythingNeeded('ONBUILD says what other builds do');
  if (instruction instanceof Run) return neededByMounts(instruction, variables);
  if (instruction instanceof Copy || instruction instanceof Add) return neededByCopy(instruction, variables);
  const keyword = instruction.getKeyword();
  return others.test(keyword) ? nothingNeeded : everythingNeeded(`the instruction ${keyword} is not known`);
}

/** A flag with quotes or an escape in it; one that ends a line only joins it with the next. */
const quotedMount = /--mount=\S*["'\\`](?!\s*\n)/;

function neededByMounts(run: Run, variables: Variables): Needed {
  if (quotedMount.test(run.getTextContent())) {
    return everythingNeeded('a mount of RUN has quotes, which are not understood');
  }
  let needed: Needed = nothingNeeded;
  for (const { type, from, source } of mountsOf(run)) {
    if (from !== undefined || /^(cache|secret|ssh|tmpfs)$/.test(type)) continue;
    needed = unionOf(needed, neededBySource(source, variables, 'a bind mount of RUN'));
  }
  return needed;
}

/** Flags of COPY and ADD that change nothing about which files are read. */
const harmlessFlags = /^(chown|chmod|link|keep-git-dir|checksum|unpack)$/;

function neededByCopy(instruction: Copy | Add, variables: Variables): Needed {
  const verb = instruction instanceof Copy ? 'COPY' : 'ADD';
  const flags = instruction.getFlags().map((flag) => flag.getName());
  if (flags.includes('from')) return nothingNeeded;
  const strange = flags.find((flag) => !harmlessFlags.test(flag));
  if (strange !== undefined) return everythingNeeded(`${verb} --${strange} is not understood`);
  let needed: Needed = nothingNeeded;
  for (const word of copyWordsAtLeast(instruction).slice(0, -1)) {
    if (word.startsWith('<<') || (verb === 'ADD' && isRemote(word))) continue;
    if (quoting.test(word)) return everythingNeeded(`${verb} names ${word}, whose quotes are not understood`);
    needed = unionOf(needed, neededBySource(word, variables, verb));
  }
  return needed;
}

function neededBySource(word: string, variables: Variables, where: string): Needed {
  const source = substitute(word, variables);
  if (source === undefined)
    return everythingNeeded(`${where} names "${word}", a variable that is not known beforehand`);
  const pattern = parseSource(fromText(source));
  if (pattern === undefined) return everythingNeeded(`${where} names "${source}", a pattern that is not understood`);
  if (pattern.text === '') return everythingNeeded(`${where} names the whole context`);
  return { all: false, patterns: [pattern] };
}
