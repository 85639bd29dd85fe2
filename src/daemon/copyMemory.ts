import { fromText, toBytes } from '../base/bytes.ts';
import { PresyncError } from '../base/errors.ts';
import type { Logger } from '../base/logger.ts';
import type { Digest } from '../context/digest.ts';
import { digestOf, hexDigest } from '../context/digest.ts';
import { parseContextKey } from '../store/contextKey.ts';
import type { Store } from '../store/store.ts';
import { daemonStep } from './crashSteps.ts';
import type { CopyMemory, CopyRecord } from './copy.ts';

/**
 * A copy's record in the store. The reported tree is a snapshot like any other, so it is kept as the head of a context
 * of its own, whose label holds the rest; unchanged folders are shared with the context's own head.
 */
const labelPrefix = 'copy ';

/** Whether a context of the store is a copy's record and none of the user's. */
export function isCopyLabel(label: string): boolean {
  return label.startsWith(labelPrefix);
}

/** Whose copy a record is of, and where it is. */
export interface CopyPlace {
  /** The context's id, in hexadecimal. */
  readonly context: string;
  /** The engine's label. */
  readonly engine: string;
}

/** What a record of the store says; undefined when it is none, or says nothing. */
export function copyPlace(label: string): CopyPlace | undefined {
  const { context, engine } = (isCopyLabel(label) ? fieldsOf(label) : undefined) ?? {};
  return typeof context === 'string' && typeof engine === 'string' ? { context, engine } : undefined;
}

/** What BuildKit knows the copies of a context by. */
export function copyName(context: string): string {
  return context.slice(0, 16);
}

export function copyMemory(store: Store, context: Digest, engine: string, logger: Logger): CopyMemory {
  const place: CopyPlace = { context: hexDigest(context), engine };
  const key = parseContextKey(hexDigest(digestOf(toBytes(fromText(`copy ${hexDigest(context)} ${engine}`)))));
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
        await store.commit(key, { snapshot: tree, asOf: 0, label });
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
  const fields: unknown = JSON.parse(label.slice(labelPrefix.length));
  return typeof fields === 'object' && fields !== null ? fields : undefined;
}
