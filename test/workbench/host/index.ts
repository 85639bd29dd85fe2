/** What VS Code loads into the extension host to run the tests of this folder. They are bundled with it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';
import type { HostTestResult } from '../support/hostReport.ts';
import { hostReport } from '../support/hostReport.ts';

/** Resolves when every test has run; how they ended is in the file beside this one. */
export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'tdd', timeout: 60_000, reporter: 'min' });
  mocha.suite.emit(Mocha.Suite.constants.EVENT_FILE_PRE_REQUIRE, globalThis, '', mocha);
  await import('./all.ts');
  const results: HostTestResult[] = [];
  await new Promise((resolve) => {
    mocha
      .run(resolve)
      .on('pass', (test) => results.push({ title: titleOf(test) }))
      // A hook that fails is reported in place of the tests that it would have prepared.
      .on('fail', (test, error: Error) =>
        results.push({ title: titleOf(test), failure: error.stack ?? error.message }),
      );
  });
  writeFileSync(join(__dirname, hostReport), JSON.stringify(results));
}

function titleOf(test: Mocha.Runnable): string {
  return test.titlePath().join(': ');
}
