import { escapeControls } from '../../base/bytes.ts';
import { formatBytes, formatCount } from './format.ts';
import type { SyncPhase, SyncProgress } from './progressEvent.ts';
import type { StepChange } from './stepChange.ts';

/** Named in the manner of BuildKit's own `[internal] load build context`. `label` is what its counters count. */
const phases: Readonly<Record<SyncPhase, { readonly name: string; readonly label: string }>> = {
  scan: { name: '[presync] scan context', label: 'scanned' },
  push: { name: '[presync] send changes', label: 'sent' },
  prime: { name: '[presync] update builder', label: 'transferred' },
  verify: { name: '[presync] verify context', label: 'compared' },
};

/** Shows the phases of a sync as steps, each with one task that counts. */
export class SyncSteps {
  readonly #started = new Map<SyncPhase, number>();

  read(event: SyncProgress): StepChange[] {
    if (event.state === 'started') this.#started.set(event.phase, event.timestamp);
    const started = this.#started.get(event.phase) ?? event.timestamp;
    this.#started.set(event.phase, started);
    const step = `presync:${event.phase}`;
    const completed = event.state === 'done' ? event.timestamp : undefined;
    const { name, label } = phases[event.phase];
    const changes: StepChange[] = [{ type: 'step', step, name, cached: false, started, completed, error: '' }];
    const amount = amountOf(event);
    if (amount === '' && event.message === undefined) return changes;
    const text = event.message === undefined ? label : escapeControls(event.message);
    return [...changes, { type: 'task', step, task: 'count', label: text, amount, started, completed }];
  }
}

function amountOf(event: SyncProgress): string {
  const files = event.files === undefined ? [] : [formatCount(event.files, 'file')];
  const bytes = event.bytes === undefined ? [] : [formatBytes(event.bytes)];
  return [...files, ...bytes].join(', ');
}
