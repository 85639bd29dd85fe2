import { PresyncError } from '../base/errors.ts';
import type { Logger } from '../base/logger.ts';
import type { EngineSelector } from '../context/engineSelector.ts';
import type { CopyPlace } from './copyMemory.ts';
import { copyName } from './copyMemory.ts';
import type { EnginePool } from './enginePool.ts';

/**
 * Lets go of BuildKit's copies of a context, in an engine that is in use or is `own`. Resolves to the bytes that they had;
 * undefined where that engine is not reached.
 */
export function copyDropper(engines: EnginePool, own: EngineSelector, logger: Logger) {
  return async ({ context, engine }: CopyPlace): Promise<number | undefined> => {
    try {
      const reached = engines.find(engine) ?? (await engines.get(own));
      return reached.info.label === engine ? await reached.pruneCopies(copyName(context)) : undefined;
    } catch (thrown) {
      logger.info('the copies of a context are left to the engine', { engine, error: PresyncError.from(thrown) });
      return undefined;
    }
  };
}
