import { onTestFinished } from 'vitest';
import { silentLogger } from '../../src/base/logger.ts';
import { Store } from '../../src/store/store.ts';
import type { StoreOptions } from '../../src/store/storeTypes.ts';

/** A store that is closed when the calling test has ended. */
export async function openStore(folder: string, options: Partial<StoreOptions> = {}): Promise<Store> {
  const store = await Store.open(folder, { logger: silentLogger, ...options });
  onTestFinished(() => store.close());
  return store;
}
