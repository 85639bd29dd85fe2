import type { ProgressEvent } from '../../client/progress/progressEvent.ts';

const syncSteps = { scan: 'reading files', push: 'syncing', prime: 'syncing', verify: 'checking' } as const;

/** What a build is at since this event, in a few words; undefined when the event does not tell. */
export function stepName(event: ProgressEvent): string | undefined {
  if (event.type === 'sync') return event.state === 'started' ? syncSteps[event.phase] : undefined;
  if (event.type !== 'vertex') return undefined;
  const begins = event.started !== undefined && event.completed === undefined && event.error === '';
  // The builder's own steps are over before they could be read.
  if (!begins || event.name.startsWith('[internal]')) return undefined;
  return event.name.replace(/\s+/g, ' ').trim();
}
