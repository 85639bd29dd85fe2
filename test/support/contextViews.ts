import type { KeptContext } from '../../src/extension/contexts/keptContexts.ts';
import type { ContextView, PlainError } from '../../src/extension/link/workerApi.ts';

export const someError: PlainError = { code: 'ENGINE_NOT_FOUND', message: 'No engine.', hint: 'Start it.', data: {} };

/** A context that is in sync and primed, but for what the test says. */
export function someView(changes: Partial<ContextView> = {}): ContextView {
  return {
    link: 'connected',
    attached: false,
    busy: false,
    inSync: true,
    primed: true,
    snapshot: `sha256:${'0123456789abcdef'.repeat(4)}`,
    files: 12,
    bytes: 3456,
    sent: { files: 0, bytes: 0 },
    problems: [],
    problemCount: 0,
    failure: undefined,
    ...changes,
  };
}

export function someContext(view?: Partial<ContextView>, changes: Partial<KeptContext> = {}): KeptContext {
  const source = { folder: '/ws/app', dockerfile: '/ws/app/Dockerfile' };
  const known = view === undefined ? undefined : someView(view);
  return { key: 'app', name: 'app', source, view: known, failure: undefined, ...changes };
}
