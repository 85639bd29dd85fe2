import { beforeEach, describe, expect, test } from 'vitest';
import { addToIgnoreFile, ignoreFileOf } from '../../../../src/extension/editor/ignoreFile.ts';
import { fake, resetVscode } from '../../../support/vscode.ts';

const source = { folder: '/ws', dockerfile: '/ws/docker/app.Dockerfile' };
const general = '/ws/.dockerignore';
const own = '/ws/docker/app.Dockerfile.dockerignore';

beforeEach(resetVscode);

describe('the ignore file of a context', () => {
  test('is the Dockerfile’s own, even when it is empty', async () => {
    fake.disk.files.set(general, 'x\n').set(own, '');
    expect((await ignoreFileOf(source)).fsPath).toBe(own);
  });

  test('is else that of the context, whether it exists or not', async () => {
    expect((await ignoreFileOf(source)).fsPath).toBe(general);
  });
});

describe('adding paths to it', () => {
  test('appends rules, saves and shows it', async () => {
    fake.disk.files.set(general, 'node_modules');
    await addToIgnoreFile(source, ['.env', 'pages/[id]']);
    expect(fake.disk.files.get(general)).toBe('node_modules\n.env\npages/\\[id\\]\n');
    expect(fake.shownDocuments).toMatchObject([{ path: general, options: { preserveFocus: true } }]);
  });

  test('creates it where there is none', async () => {
    await addToIgnoreFile(source, ['.env']);
    expect(fake.disk.files.get(general)).toBe('.env\n');
  });

  test('changes nothing where they are excluded already', async () => {
    fake.disk.files.set(own, '.env\r\n');
    await addToIgnoreFile(source, ['.env']);
    expect(fake.disk.files.get(own)).toBe('.env\r\n');
    expect(fake.disk.files.has(general)).toBe(false);
  });

  test('puts rules that wait in an unsaved editor into force', async () => {
    fake.disk.files.set(general, '');
    const document = await fake.disk.open(general);
    document.insert({ line: 0, character: 0 }, '.env\n');
    await addToIgnoreFile(source, ['.env']);
    expect(fake.disk.files.get(general)).toBe('.env\n');
  });

  test('fails for what cannot be written', async () => {
    fake.addFolder('/ws');
    fake.disk.files.set(general, '');
    await expect(addToIgnoreFile(source, ['a\\xff'])).rejects.toMatchObject({ code: 'USAGE' });
    fake.disk.refusesEdits = true;
    await expect(addToIgnoreFile(source, ['a'])).rejects.toMatchObject({ code: 'CONTEXT_UNREADABLE' });
    fake.disk.refusesEdits = false;
    fake.disk.readonly = true;
    await expect(addToIgnoreFile(source, ['a'])).rejects.toMatchObject({
      code: 'CONTEXT_UNREADABLE',
      message: '.dockerignore could not be saved.',
    });
  });
});
