/**
 * The pictures of the README, of a real VS Code with a real engine:
 *
 *   npm run screenshots [-- FOLDER]     by default media/readme
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { baseImage, Engine } from '../support/engines.ts';
import { packageExtension } from '../support/packageExtension.ts';
import { Editor } from './support/editor.ts';
import { installVersions } from './support/versions.ts';
import type { Workbench } from './support/workbench.ts';

const repository = join(import.meta.dirname, '../..');
const dockerfile = `FROM busybox AS site
WORKDIR /src
COPY . .
RUN sh build.sh

FROM busybox
COPY --from=site /src/out /site
CMD ["httpd", "-f", "-h", "/site"]
`;
const files = {
  Dockerfile: dockerfile,
  '.dockerignore': '# What a build does not need\nnode_modules\n*.log\n',
  'build.sh': 'mkdir out\ncp -r src assets out\necho "site: $(ls out/src | wc -w) pages"\n',
  'src/index.html': '<!doctype html>\n<title>Shop</title>\n<h1>Shop</h1>\n',
  'src/cart.py': `class Cart:
    def __init__(self):
        self.items = {}

    def add(self, product, count=1):
        self.items[product] = self.items.get(product, 0) + count

    @property
    def total(self):
        return sum(product.price * count for product, count in self.items.items())
`,
  'src/style.css': 'h1 { font-family: system-ui; }\n',
  'assets/front.jpg': noise(412_000),
  'assets/back.jpg': noise(233_000),
  'assets/logo.svg': '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="3"/></svg>\n',
  'package.json': '{ "name": "shop", "private": true }\n',
  'npm-debug.log': noise(3_000),
  'node_modules/framework/index.js': noise(1_800_000),
};

export async function main([folder = join(repository, 'media/readme')]: readonly string[]): Promise<number> {
  const home = mkdtempSync(join(tmpdir(), 'presync-pictures-'));
  const engine = new Engine('trixie', join(home, 'engine'));
  let editor: Editor | undefined;
  try {
    mkdirSync(folder, { recursive: true });
    const [{ newest }, { vsix }] = await Promise.all([installVersions(), packageExtension(home), engine.start()]);
    await engine.api.call('POST', `/images/${baseImage}/tag?repo=busybox&tag=latest`);
    editor = new Editor({
      installation: newest,
      host: engine.host,
      vsix: [vsix],
      settings: {
        'security.workspace.trust.enabled': false,
        'workbench.colorTheme': 'Default Dark Modern',
        'workbench.hover.delay': 300,
        'workbench.reduceMotion': 'on',
        'window.commandCenter': false,
        'window.title': '${rootName}',
        'editor.minimap.enabled': false,
        'breadcrumbs.enabled': false,
      },
    });
    await editor.start();
    const project = editor.makeFolder('shop', files);
    await takePictures(await editor.open(project), project, (name) => join(folder, `${name}.png`));
    return 0;
  } finally {
    await editor?.dispose();
    await engine.stop('remove');
    rmSync(home, { recursive: true });
  }
}

async function takePictures(window: Workbench, project: string, path: (name: string) => string): Promise<void> {
  const { page } = window;
  await window.waitForStatus(/off/);
  await window.run('Presync: Keep in Sync');
  await window.waitForStatus(/a build starts at once/);

  await window.openFile('cart.py');
  await window.run('Presync: Build Image');
  await window.waitForTerminal(/^Built /m);
  await window.closeTerminal();
  await window.write('# What the visitor wants to buy.\n');
  await window.save();
  await window.waitForStatus(/a build starts at once/);
  await window.run('Presync: Build Image');
  await window.waitForTerminal(/^Built /m);
  await page.screenshot({ path: path('build') });

  await window.item.hover();
  await page.locator('.monaco-hover').filter({ hasText: 'Build Image' }).waitFor();
  // It fades in.
  await sleep(1000);
  await page.screenshot({ path: path('status'), clip: { x: 0, y: 600, width: 382, height: 200 } });
  await page.mouse.move(640, 20);

  await window.run('Presync: Show Build Context');
  await page.locator('.pane-header[aria-label^="Explorer Section"]').click();
  await page.locator('.monaco-list-row[aria-label^="assets, "]').click();
  await page.locator('.monaco-list-row[aria-label^="front.jpg, "]').waitFor();
  await page.screenshot({ path: path('context'), clip: { x: 0, y: 30, width: 352, height: 410 } });

  await window.openFile('Dockerfile');
  writeFileSync(join(project, 'Dockerfile'), dockerfile.replace('sh build.sh', 'sh bulid.sh'));
  await window.run('Presync: Build Image');
  await window.waitForTerminal(/^ERROR: /m);
  await window.notification(/failed/);
  await window.problems();
  await page.screenshot({ path: path('problem') });
}

/** Text that stands for something else: only its length is seen. */
function noise(length: number): string {
  return 'presync '.repeat(Math.ceil(length / 8)).slice(0, length);
}
