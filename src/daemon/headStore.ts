import { PresyncError } from '../base/errors.ts';
import type { Logger } from '../base/logger.ts';
import type { Digest } from '../context/digest.ts';
import { hexDigest } from '../context/digest.ts';
import { parseContextKey } from '../store/contextKey.ts';
import type { Store } from '../store/store.ts';
import type { HeadStore } from './contextHub.ts';

/** The heads of contexts, in a store. */
export function headStore(store: Store, logger: Logger): HeadStore {
  const key = (context: Digest) => parseContextKey(hexDigest(context));
  return {
    async head(context) {
      try {
        const found = await store.head(key(context));
        return found && { snapshot: found.snapshot, isWhole: found.incomplete === 0 };
      } catch (thrown) {
        const error = PresyncError.from(thrown);
        if (error.code !== 'STORE_CORRUPT') throw error;
        logger.warn('the snapshot of a context is damaged and has to be described anew', { error });
        return undefined;
      }
    },
    commit: (context, snapshot, label) => store.commit(key(context), { snapshot, label }),
    touch: (context) => store.touch(key(context)),
    check: (snapshot) => store.check(snapshot),
  };
}
