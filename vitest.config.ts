import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

/** The seed of every property test; print it, so that a failure can be run again with PRESYNC_SEED. */
const seed = process.env['PRESYNC_SEED'] ?? String(Date.now() % 2 ** 31);
process.env['PRESYNC_SEED'] = seed;

export default defineConfig({
  test: {
    reporters: ['default'],
    projects: [
      // The time limits are for hangs: a loaded machine of two cores is slow.
      {
        resolve: { alias: { vscode: join(import.meta.dirname, 'test/support/vscode.ts') } },
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          testTimeout: 60_000,
          expect: { poll: { timeout: 20_000 } },
        },
      },
      { test: { name: 'property', include: ['test/property/**/*.test.ts'], testTimeout: 120_000 } },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          testTimeout: 300_000,
          // Trees of 100,000 files take their time to be removed from a busy disk.
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: 'faults',
          include: ['test/faults/**/*.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 120_000,
          // What kills and starves processes is not to starve others.
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'workbench',
          include: ['test/workbench/*.test.ts'],
          globalSetup: 'test/workbench/support/globalSetup.ts',
          testTimeout: 180_000,
          hookTimeout: 180_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
