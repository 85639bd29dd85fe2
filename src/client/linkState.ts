/** The life of the link to the daemon, as a pure reducer. `link.ts` carries out what it says. */

export type LinkState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'connecting'; readonly attempt: number }
  | { readonly phase: 'connected' }
  /** Lost, or not reached: tried again after a pause. */
  | { readonly phase: 'waiting'; readonly attempt: number }
  | { readonly phase: 'stopped' };

export type LinkAction =
  | { readonly type: 'start' }
  | { readonly type: 'connected' }
  | { readonly type: 'failed' }
  | { readonly type: 'lost' }
  | { readonly type: 'retry' }
  | { readonly type: 'stop' };

export const initialLinkState: LinkState = { phase: 'idle' };

/** The state after an action. An action that has no meaning in a state leaves it as it is. */
export function reduceLink(state: LinkState, action: LinkAction): LinkState {
  if (state.phase === 'stopped') return state;
  switch (action.type) {
    case 'stop':
      return { phase: 'stopped' };
    case 'start':
      return state.phase === 'idle' ? { phase: 'connecting', attempt: 0 } : state;
    case 'connected':
      return state.phase === 'connecting' ? { phase: 'connected' } : state;
    case 'failed':
      return state.phase === 'connecting' ? { phase: 'waiting', attempt: state.attempt } : state;
    case 'lost':
      return state.phase === 'connected' ? { phase: 'waiting', attempt: 0 } : state;
    case 'retry':
      return state.phase === 'waiting' ? { phase: 'connecting', attempt: state.attempt + 1 } : state;
  }
}
