/** The real engines that tests run against, as scripts/engine makes them. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand } from './command.mjs';

export const suites = ['bookworm', 'trixie'];

/** Starts an engine of each suite: `{ env, stop }`, or throws with the engine's own words. */
export async function startEngines() {
  if (process.env.PRESYNC_TEST_ENGINES) return { env: {}, stop: async () => {} };
  const home = mkdtempSync(join(tmpdir(), 'presync-engines-'));
  // Tests as another user reach the sockets, whose group decides who may use them.
  chmodSync(home, 0o755);
  const engine = (...args) => runCommand('scripts/engine', args, { quiet: true });
  const stop = async () => {
    for (const suite of suites) await engine('stop', join(home, suite));
    rmSync(home, { recursive: true, force: true });
  };
  for (const suite of suites) {
    const { status, output } = await engine('start', suite, join(home, suite));
    if (status === 0) continue;
    await stop();
    throw new Error(output);
  }
  return { env: { PRESYNC_TEST_ENGINES: suites.map((suite) => `${suite}=${join(home, suite)}`).join(',') }, stop };
}
