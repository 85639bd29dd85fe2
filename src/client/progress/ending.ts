import { escapeControls } from '../../base/bytes.ts';
import type { Dockerfile } from '../../context/buildRequest.ts';
import type { BuildState, Step } from './buildState.ts';
import { statusOf } from './buildState.ts';
import { formatCount, formatLogTime } from './format.ts';
import type { ProgressOutcome } from './progressEvent.ts';
import type { WarningAdded } from './stepChange.ts';

/** Lines around the failed ones in an excerpt of a Dockerfile. */
const excerptMargin = 2;
const rule = '-'.repeat(20);

/**
 * What is worth reading once a build has ended: the output of the steps that failed, the place in the Dockerfile, the
 * warnings. Empty for a good build without warnings. The error itself is not among them: whoever caught it shows it.
 */
export function endingLines(state: BuildState, outcome: ProgressOutcome): string[] {
  const failures = state.steps.filter((step) => statusOf(step) === 'failed').flatMap(failureLines);
  const excerpt =
    outcome.ok || outcome.dockerfile === undefined ? [] : excerptLines(outcome.dockerfile, outcome.error.data);
  return [...failures, ...excerpt, ...warningLines(state.warnings)];
}

function failureLines(step: Step): string[] {
  const output = step.tail.map(
    (line) => `${formatLogTime(line.timestamp - (step.started ?? line.timestamp))} ${line.text}`,
  );
  return ['------', ` > ${step.name}:`, ...output, '------'];
}

/**
 * The lines `line` to `endLine` (from 1; `endLine` may be missing) of the Dockerfile, marked, with their surroundings.
 * Empty when the place is unknown or not in the file.
 */
function excerptLines(dockerfile: Dockerfile, data: Readonly<Record<string, unknown>>): string[] {
  const { line: first, endLine } = data;
  const lines = new TextDecoder()
    .decode(dockerfile.content)
    .replace(/\r?\n$/, '')
    .split(/\r?\n/);
  if (typeof first !== 'number' || first < 1 || first > lines.length) return [];
  const last = typeof endLine === 'number' && endLine > first ? Math.min(endLine, lines.length) : first;
  const shown = lines.slice(Math.max(0, first - 1 - excerptMargin), last + excerptMargin);
  const start = Math.max(1, first - excerptMargin);
  const marked = shown.map((text, index) => {
    const number = start + index;
    const mark = number >= first && number <= last ? '>>>' : '   ';
    return ` ${String(number).padStart(3)} | ${mark} ${escapeControls(text.replaceAll('\t', '    '))}`.trimEnd();
  });
  return [`${escapeControls(dockerfile.name)}:${first}`, rule, ...marked, rule];
}

function warningLines(warnings: readonly WarningAdded[]): string[] {
  if (warnings.length === 0) return [];
  return ['', `${formatCount(warnings.length, 'warning')}:`, ...warnings.flatMap(warningItem)];
}

function warningItem(warning: WarningAdded): string[] {
  const place = warning.line > 0 ? ` (line ${warning.line})` : '';
  const more = warning.url === '' ? warning.detail : [...warning.detail, warning.url];
  return [` - ${warning.message}${place}`, ...more.map((text) => `   ${text}`)];
}
