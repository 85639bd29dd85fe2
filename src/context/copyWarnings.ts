/**
 * BuildKit's rule CopyIgnoredFile: a COPY or ADD of what the ignore file excludes. BuildKit itself knows nothing of the
 * ignore file when it gets the context as an input, so the warning is given here, in its words.
 *
 * Only what is certain is warned of: no wildcards, variables or quotes, nothing from another stage or from the network.
 */
import { Add, Copy, DockerfileParser } from 'dockerfile-ast';
import { fromText } from '../base/bytes.ts';
import type { WarningEvent } from './buildEvent.ts';
import { copyWords, isRemote } from './copyWords.ts';
import { cleanPath } from './goText.ts';
import type { IgnoreRules } from './ignore/ignoreRules.ts';
import type { Path } from './path.ts';

const rule = 'CopyIgnoredFile';

/** The warnings about a Dockerfile, in its order. None for one that cannot be parsed: BuildKit says what is wrong. */
export function copyWarnings(content: Uint8Array, rules: IgnoreRules): WarningEvent[] {
  const text = new TextDecoder().decode(content);
  if (skipsRule(text)) return [];
  try {
    return DockerfileParser.parse(text)
      .getInstructions()
      .filter((instruction) => instruction instanceof Copy || instruction instanceof Add)
      .flatMap((instruction) => instructionWarnings(instruction, rules));
  } catch {
    return [];
  }
}

function instructionWarnings(instruction: Copy | Add, rules: IgnoreRules): WarningEvent[] {
  const verb = instruction instanceof Copy ? 'Copy' : 'Add';
  const line = instruction.getRange().start.line + 1;
  return sourcesOf(instruction)
    .filter((source) => rules.verdictOn(pathOf(source))?.prune === true)
    .map((source) => ({
      type: 'warning',
      vertex: '',
      message: `Attempting to ${verb} file "${source}" that is excluded by .dockerignore`,
      detail: 'Attempting to Copy file that is excluded by .dockerignore',
      url: 'https://docs.docker.com/go/dockerfile/rule/copy-ignored-file/',
      line,
    }));
}

/** Paths in the context, as they are written. */
function sourcesOf(instruction: Copy | Add): string[] {
  if (instruction.getFlags().some((flag) => flag.getName() === 'from')) return [];
  return copyWords(instruction)
    .slice(0, -1)
    .filter((word) => isPlain(word) && !(instruction instanceof Add && isRemote(word)));
}

/** Wildcards, variables, quotes, escapes and heredocs have no place in it. */
function isPlain(word: string): boolean {
  return word !== '' && !word.startsWith('<<') && !/[*?[\]$"'`\\]/.test(word);
}

/** A source is relative to the context's root, whatever it begins with, and leads out of it nowhere. */
function pathOf(source: string): Path {
  return cleanPath(fromText(`/${source}`)).slice(1) as Path;
}

/** The directive `# check=skip=…`, which can only stand at the beginning. */
function skipsRule(text: string): boolean {
  for (const line of text.replace(/^\ufeff/, '').split('\n')) {
    const directive = /^\s*#\s*([a-z]+)\s*=\s*(.*)$/i.exec(line);
    if (directive === null) return false;
    if (directive[1]?.toLowerCase() !== 'check') continue;
    const skipped = /(?:^|;)\s*skip\s*=\s*([^;]*)/i.exec(directive[2] ?? '')?.[1] ?? '';
    const names = skipped.split(',').map((name) => name.trim().toLowerCase());
    return names.includes('all') || names.includes(rule.toLowerCase());
  }
  return false;
}
