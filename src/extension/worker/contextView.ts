import { toDisplay } from '../../base/bytes.ts';
import type { PresyncError } from '../../base/errors.ts';
import type { OwnerState } from '../../client/ownerState.ts';
import { formatDigest } from '../../context/digest.ts';
import { nothingSent } from '../../context/sent.ts';
import { toPlainError } from '../link/plainError.ts';
import type { ContextView } from '../link/workerApi.ts';
import { workerLimits } from './limits.ts';

/** What the extension host is told of a context. */
export function contextView(state: OwnerState): ContextView {
  const { link, attached, busy, inSync, primed, snapshot, sent, problems, failure } = state;
  return {
    link,
    attached,
    busy,
    inSync,
    primed,
    snapshot: snapshot === undefined ? '' : formatDigest(snapshot.digest),
    files: snapshot?.files ?? 0,
    bytes: snapshot?.bytes ?? 0,
    sent,
    problems: problems
      .slice(0, workerLimits.problems)
      .map(({ path, kind, message }) => ({ path: toDisplay(path), kind, message })),
    problemCount: problems.length,
    failure: failure === undefined ? undefined : toPlainError(failure),
  };
}

/** Of a context that could not even be opened. */
export function unopenedView(failure: PresyncError): ContextView {
  return contextView({
    link: 'idle',
    attached: false,
    busy: false,
    snapshot: undefined,
    problems: [],
    inSync: false,
    primed: false,
    sent: nothingSent,
    failure,
  });
}
