import { describe, inject, test } from 'vitest';
import { baseImage, useEngine } from '../support/engines.ts';
import { runHostTests } from './support/hostTests.ts';
import { versions } from './support/versions.ts';

const files = {
  Dockerfile: `FROM ${baseImage}\nCOPY . /src\n`,
  'stages.Dockerfile': `FROM ${baseImage} AS tools\nRUN true\n\nFROM ${baseImage}\nCOPY --from=tools / /\n`,
  'main.txt': 'as it was\n',
  '.vscode/settings.json': '{ "presync.daemon": "unix:///elsewhere" }\n',
  '.vscode/tasks.json': JSON.stringify({
    version: '2.0.0',
    tasks: [
      { label: 'image', type: 'presync', dockerfile: 'Dockerfile', tags: ['presync-host-test'], group: 'build' },
      { label: 'shell', type: 'shell', command: 'presync build -t presync-host-test .', problemMatcher: '$presync' },
    ],
  }),
};

// Which tests there are is known when they have run, so they run while vitest gathers its own.
describe.each(versions)('in the extension host of the %s VS Code', async (version) => {
  const engine = useEngine(version === 'newest' ? 'trixie' : 'bookworm');
  await engine.start();
  const { host } = engine;
  const [installation, extension] = [inject('vscodes')[version], inject('extension')];
  for (const { title, failure } of await runHostTests({ version, installation, host, extension, files })) {
    test(title, () => {
      if (failure !== undefined) throw new Error(failure);
    });
  }
});
