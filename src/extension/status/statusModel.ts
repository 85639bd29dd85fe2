/**
 * What the status bar item shows: one state for the whole window, the most urgent of its contexts.
 *
 *   building > attention > offline > paused > syncing > in sync > off
 *
 * A sync that is over within `spinnerAfterMs` is never seen, so that a save, or a change of a file that is not in the
 * context, does not make the item move.
 */
import { formatBytes, formatCount } from '../../client/progress/format.ts';
import type { KeptContext } from '../contexts/keptContexts.ts';
import type { ContextView, PlainError } from '../link/workerApi.ts';

export type Phase = 'off' | 'building' | 'attention' | 'offline' | 'paused' | 'syncing' | 'inSync';

/** Everything that the item depends on. */
export interface WindowState {
  readonly contexts: readonly KeptContext[];
  readonly paused: boolean;
  /** The step that a build is at, or '' before the first; undefined while nothing is built. */
  readonly building: string | undefined;
  /** The worker died too often. */
  readonly workerFailed: boolean;
}

export interface StatusText {
  readonly phase: Phase;
  /** With codicons. */
  readonly text: string;
  /** For screen readers: the same, said in full. */
  readonly label: string;
}

export const spinnerAfterMs = 300;

/** How much of a step's name fits into a status bar. */
const stepLength = 40;

export function phaseOf(state: WindowState): Phase {
  if (state.building !== undefined) return 'building';
  if (state.workerFailed) return 'attention';
  if (state.contexts.length === 0) return 'off';
  if (state.paused) return 'paused';
  return state.contexts.map(contextPhase).reduce((a, b) => (urgency[a] >= urgency[b] ? a : b));
}

const urgency: Readonly<Record<ContextPhase, number>> = { attention: 3, offline: 2, syncing: 1, inSync: 0 };

export type ContextPhase = 'attention' | 'offline' | 'syncing' | 'inSync';

/** The state of one context. */
export function contextPhase({ view, failure }: KeptContext): ContextPhase {
  if (failure !== undefined) return 'attention';
  if (view === undefined) return 'syncing';
  const reaching = view.link === 'connecting' || view.link === 'waiting';
  if (reaching) return view.failure === undefined ? 'syncing' : 'offline';
  if (view.failure !== undefined || view.problemCount > 0) return 'attention';
  return view.inSync || view.attached ? 'inSync' : 'syncing';
}

/** Why a context needs attention or is offline. */
export function failureOf({ view, failure }: KeptContext): PlainError | undefined {
  return failure ?? view?.failure;
}

export function statusText(state: WindowState): StatusText {
  const phase = phaseOf(state);
  const { text, label } = describe(phase, state);
  return { phase, text, label: `Presync: ${label}` };
}

function describe(phase: Phase, state: WindowState): { text: string; label: string } {
  const { contexts } = state;
  switch (phase) {
    case 'off':
      return { text: 'Presync: off', label: 'off, nothing is sent' };
    case 'building': {
      const step = shortened(state.building!);
      return { text: `$(loading~spin) Presync: building ${step}`.trimEnd(), label: `building ${step}`.trimEnd() };
    }
    case 'attention':
      return { text: '$(warning) Presync: attention', label: `attention, ${attentionReason(state)}` };
    case 'offline':
      return { text: '$(debug-disconnect) Presync: offline', label: 'offline, trying to connect again' };
    case 'paused':
      return { text: '$(debug-pause) Presync: paused', label: 'paused' };
    case 'syncing': {
      const sent = sum(contexts, (view) => (view.inSync ? 0 : view.sent.bytes));
      const amount = sent > 0 ? ` ${formatBytes(sent)}` : '';
      return { text: `$(sync~spin) Presync: syncing${amount}`, label: `syncing${amount}` };
    }
    case 'inSync':
      return { text: '$(check) Presync', label: inSyncLabel(contexts) };
  }
}

function inSyncLabel(contexts: readonly KeptContext[]): string {
  const files = formatCount(
    sum(contexts, (view) => view.files),
    'file',
  );
  const ready = contexts.every(({ view }) => view?.primed === true) ? ', a build starts at once' : '';
  const snapshots = contexts.map(({ view }) => shortDigest(view?.snapshot ?? '')).join(' ');
  return `in sync, ${files}${ready}, snapshot ${snapshots}`;
}

/** The first twelve hex digits, as docker shows ids. */
export function shortDigest(digest: string): string {
  return digest.replace(/^sha256:/, '').slice(0, 12);
}

function attentionReason({ workerFailed, contexts }: WindowState): string {
  if (workerFailed) return 'it stopped working';
  const failing = contexts.find((context) => contextPhase(context) === 'attention');
  const failure = failing && failureOf(failing);
  if (failure !== undefined) return failure.message;
  return (
    formatCount(
      sum(contexts, (view) => view.problemCount),
      'file',
    ) + ' cannot be sent'
  );
}

function sum(contexts: readonly KeptContext[], count: (view: ContextView) => number): number {
  return contexts.reduce((total, { view }) => total + (view === undefined ? 0 : count(view)), 0);
}

function shortened(step: string): string {
  return step.length <= stepLength ? step : `${step.slice(0, stepLength - 1)}…`;
}
