/** What is asked before a context is sent for the first time. Thresholds in bytes. */
import { relative } from 'node:path';
import type { ContextSource, Survey } from '../link/workerApi.ts';
import type { Answered } from './consent.ts';

export const uploadLimits = {
  /** From here on the user is told how large the context is. */
  warnBytes: 100e6,
  /** From here on nothing is sent before the user agrees. */
  askBytes: 500e6,
  /** What has less than this part of a large context does not make it large. */
  largePart: 0.1,
} as const;

export interface Concerns {
  readonly size: 'fine' | 'warn' | 'ask';
  /** Files that look like secrets and that the user has not let pass yet. */
  readonly secrets: readonly string[];
}

/** What there is to say about an upload, less what was answered before. */
export function concernsOf(survey: Survey, answered: Answered): Concerns {
  const { bytes } = survey;
  const known = new Set(answered.secrets);
  return {
    size: bytes < uploadLimits.warnBytes || bytes <= answered.bytes ? 'fine' : sizeConcern(bytes),
    secrets: survey.secrets.filter((path) => !known.has(path)),
  };
}

function sizeConcern(bytes: number): 'warn' | 'ask' {
  return bytes < uploadLimits.askBytes ? 'warn' : 'ask';
}

/** The entries at the top that make a context large, largest first. The Dockerfile is not for leaving out. */
export function largeEntries({ folder, dockerfile }: ContextSource, { bytes: all, largest }: Survey): string[] {
  const large = largest.filter(({ bytes }) => bytes >= uploadLimits.largePart * all);
  return large.map(({ path }) => path).filter((path) => path !== relative(folder, dockerfile));
}

/** What is remembered once the user has agreed to all of it. A context may grow by half before it is asked again. */
export function agreed(survey: Survey, answered: Answered): Answered {
  return {
    bytes: Math.max(answered.bytes, Math.round(survey.bytes * 1.5)),
    secrets: [...new Set([...answered.secrets, ...survey.secrets])],
  };
}
