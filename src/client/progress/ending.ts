import { escapeControls } from '../../base/bytes.ts';
import type { Dockerfile } from '../../context/buildRequest.ts';
import type { BuildState, Step } from './buildState.ts';
import { statusOf } from './buildState.ts';
import type { DockerfilePlace } from './dockerfilePlace.ts';
import { dockerfilePlace } from './dockerfilePlace.ts';
import { formatCount, formatLogTime } from './format.ts';
import type { Paint } from './paint.ts';
import { noPaint } from './paint.ts';
import type { ProgressOutcome } from './progressEvent.ts';
import type { WarningAdded } from './stepChange.ts';

/** Lines around the failed ones in an excerpt of a Dockerfile. */
const excerptMargin = 2;
const rule = '-'.repeat(20);

/**
 * What is worth reading once a build has ended: the output of the steps that failed, the place in the Dockerfile, the
 * warnings. Empty for a good build without warnings. The error itself is not among them: whoever caught it shows it.
 */
export function endingLines(state: BuildState, outcome: ProgressOutcome, paint: Paint = noPaint): string[] {
  const failures = state.steps
    .filter((step) => statusOf(step) === 'failed')
    .flatMap((step) => failedStepLines(step, paint));
  const place = outcome.ok ? undefined : dockerfilePlace(outcome.error);
  const excerpt =
    outcome.ok || outcome.dockerfile === undefined || place === undefined
      ? []
      : excerptLines(outcome.dockerfile, place, paint);
  return [...failures, ...excerpt, ...warningLines(state.warnings)];
}

function failedStepLines(step: Step, paint: Paint): string[] {
  const output = step.tail.map(
    (line) => `${formatLogTime(line.timestamp - (step.started ?? line.timestamp))} ${line.text}`,
  );
  return ['------', ` > ${paint.name(step.name)}:`, ...output, '------'];
}

/** The lines of a place in the Dockerfile, marked, with their surroundings. Empty when it is not in the file. */
function excerptLines(dockerfile: Dockerfile, { line: first, endLine }: DockerfilePlace, paint: Paint): string[] {
  const lines = new TextDecoder()
    .decode(dockerfile.content)
    .replace(/\r?\n$/, '')
    .split(/\r?\n/);
  if (first > lines.length) return [];
  const last = Math.min(endLine, lines.length);
  const shown = lines.slice(Math.max(0, first - 1 - excerptMargin), last + excerptMargin);
  const start = Math.max(1, first - excerptMargin);
  const marked = shown.map((text, index) => {
    const number = start + index;
    const isMarked = number >= first && number <= last;
    const content = `${isMarked ? '>>>' : '   '} ${escapeControls(text.replaceAll('\t', '    '))}`.trimEnd();
    return ` ${String(number).padStart(3)} | ${isMarked ? paint.failed(content) : content}`.trimEnd();
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
