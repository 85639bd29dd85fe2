import { fromText, toBytes } from '../base/bytes.ts';
import { PresyncError } from '../base/errors.ts';
import type { Logger } from '../base/logger.ts';
import type { Digest } from '../context/digest.ts';
import { digestOf, hexDigest } from '../context/digest.ts';
import type { ContextKey } from '../store/contextKey.ts';
import { isContextKey, parseContextKey } from '../store/contextKey.ts';
import type { Store } from '../store/store.ts';
import type { ContextSummary } from '../store/storeTypes.ts';
import { daemonStep } from './crashSteps.ts';
import type { CopyMemory, CopyRecord } from './copy.ts';

/**
 * A copy's record in the store. The reported tree is a snapshot like any other, so it is kept as the head of a context
 * of its own, whose label holds the rest; unchanged folders are shared with the context's own head.
 */
const labelPrefix = 'copy ';

/** Whose copy a record is of, and where it is. */
export interface CopyPlace {
  readonly context: ContextKey;
  /** The engine's label. */
  readonly engine: string;
}

/**
 * Whose copy a context of the store is the record of; undefined for one of the user's. Its key decides: what the label
 * of such a one says is its client's choice.
 */
export function copyPlace({ key, label }: Pick<ContextSummary, 'key' | 'label'>): CopyPlace | undefined {
  const { context, engine } = fieldsOf(label) ?? {};
  if (typeof context !== 'string' || !isContextKey(context) || typeof engine !== 'string') return undefined;
  const place = { context, engine };
  return recordKey(place) === key ? place : undefined;
}

function recordKey({ context, engine }: CopyPlace): ContextKey {
  return parseContextKey(hexDigest(digestOf(toBytes(fromText(`copy ${context} ${engine}`)))));
}

/** What BuildKit knows the copies of a context by. */
export function copyName(context: string): string {
  return context.slice(0, 16);
}

export function copyMemory(store: Store, context: Digest, engine: string, logger: Logger): CopyMemory {
  const place: CopyPlace = { context: parseContextKey(hexDigest(context)), engine };
  const key = recordKey(place);
  return {
    async load() {
      try {
        const head = await store.head(key);
        const parts = head === undefined ? undefined : parseLabel(head.label);
        return head === undefined || parts === undefined ? undefined : { ...parts, tree: head.snapshot };
      } catch (thrown) {
        // What cannot be read is no baseline: the copy starts without a past.
        const error = PresyncError.from(thrown);
        logger.warn('the record of a copy cannot be read', { error });
        return undefined;
      }
    },
    async save({ tree, ...parts }) {
      try {
        const label = labelPrefix + JSON.stringify({ ...parts, ...place });
        await store.commit(key, { snapshot: tree, label });
        daemonStep('prime-saved');
      } catch (thrown) {
        const error = PresyncError.from(thrown);
        logger.warn('a copy will begin anew after a restart: its record cannot be kept', { code: error.code, error });
      }
    },
    clear() {
      return store.remove(key);
    },
  };
}

function parseLabel(label: string): Omit<CopyRecord, 'tree'> | undefined {
  const { id, sharedKey, sessionId } = fieldsOf(label) ?? {};
  const complete = typeof id === 'string' && typeof sharedKey === 'string' && typeof sessionId === 'string';
  return complete ? { id, sharedKey, sessionId } : undefined;
}

function fieldsOf(label: string): Partial<Record<string, unknown>> | undefined {
  if (!label.startsWith(labelPrefix)) return undefined;
  try {
    const fields: unknown = JSON.parse(label.slice(labelPrefix.length));
    return typeof fields === 'object' && fields !== null ? fields : undefined;
  } catch {
    return undefined;
  }
}
