/** A folder with several Dockerfiles: each can be kept and built, whatever else is. */
import { describe, expect, it } from 'vitest';
import { baseImage, useEngine } from '../support/engines.ts';
import { temporaryTag } from '../support/temporary.ts';
import { temporaryWindow, useEditor } from './support/useEditor.ts';

describe('several Dockerfiles', () => {
  const engine = useEngine('trixie');
  const used = useEditor('newest', { host: engine.host, settings: { 'security.workspace.trust.enabled': false } });
  const dockerfile = `FROM ${baseImage}\nCOPY . /src\n`;

  it('are kept one after the other, and built by what the editor shows or by a question', async () => {
    const { current: editor } = used;
    const [api, web] = [temporaryTag(engine.api), temporaryTag(engine.api)];
    const window = await temporaryWindow(
      editor,
      editor.makeFolder('fleet', {
        [`services/${api}/Dockerfile`]: dockerfile,
        [`services/${web}/Dockerfile`]: dockerfile,
        [`services/${web}/main.txt`]: 'text\n',
      }),
    );
    await window.run('Presync: Keep in Sync');
    await window.pick(api);
    await window.waitForStatus(/in sync, 1 file,/);
    // The second is as near as the first was.
    await window.run('Presync: Keep in Sync');
    await window.question('Keep in Sync');
    expect(await window.picks()).toEqual([api, web]);
    await window.pick(web);
    await window.waitForStatus(/in sync, 3 files/);

    await window.openFile('main.txt');
    await window.run('Presync: Build Image');
    expect(await window.waitForTerminal(/^Built /m)).toContain(`Built ${web}:latest`);
    await window.closeTerminal();
    await window.run('Presync: Build Image…');
    await window.question('Build Image');
    await window.pick(api);
    // The tag, the build arguments, the options.
    for (let question = 1; question <= 3; question++) {
      await window.question(`Build Image (${question}/3)`);
      await window.page.keyboard.press('Enter');
    }
    expect(await window.waitForTerminal(/^Built /m)).toContain(`Built ${api}:latest`);
    await window.closeTerminal();

    // What was not kept when the window opened has the command line in its terminals too.
    await window.run('Terminal: Create New Terminal');
    await window.waitForTerminal(/[#$]/);
    await window.page.keyboard.type('presync --version\n');
    await window.waitForTerminal(/^\d+\.\d+\.\d+/m);
  });
});
