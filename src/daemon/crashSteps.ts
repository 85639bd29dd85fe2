import { crashPoint } from '../base/crashPoint.ts';

/** The steps of a push, a prime and a build at which a fault test may kill the process. */
export const daemonSteps = [
  'push-put',
  'push-described',
  'push-content',
  'push-committed',
  'prime-begin',
  'prime-end',
  'prime-saved',
  'build-begin',
  'build-end',
] as const;

export type DaemonStep = (typeof daemonSteps)[number];

export function daemonStep(name: DaemonStep): void {
  crashPoint(name);
}
