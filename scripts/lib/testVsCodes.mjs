/** The VS Codes that the workbench tests drive, as scripts/workbench installs them. */
import { runCommand } from './command.mjs';

const versions = ['newest', 'oldest'];

/** Installs what is missing, or throws with what went wrong. */
export async function installVsCodes() {
  const started = performance.now();
  const prepare = (version) => runCommand('scripts/workbench', ['prepare', version], { quiet: true });
  const failed = (await Promise.all(versions.map(prepare))).find(({ status }) => status !== 0);
  if (failed !== undefined) throw new Error(failed.output);
  console.log(
    `VS Code: set up in ${((performance.now() - started) / 1000).toFixed(1)} s (part of the budget for setup)`,
  );
}
