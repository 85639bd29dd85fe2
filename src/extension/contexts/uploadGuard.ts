/** What is asked before a context is sent for the first time. Thresholds in bytes. */
import type { Survey } from '../link/workerApi.ts';
import type { Answered } from './consent.ts';

export const uploadLimits = {
  /** From here on the user is told how large the context is. */
  warnBytes: 100e6,
  /** From here on nothing is sent before the user agrees. */
  askBytes: 500e6,
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

/** What is remembered once the user has agreed to all of it. A context may grow by half before it is asked again. */
export function agreed(survey: Survey, answered: Answered): Answered {
  return {
    bytes: Math.max(answered.bytes, Math.round(survey.bytes * 1.5)),
    secrets: [...new Set([...answered.secrets, ...survey.secrets])],
  };
}
