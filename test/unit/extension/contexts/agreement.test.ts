import { beforeEach, describe, expect, test } from 'vitest';
import { PresyncError } from '../../../../src/base/errors.ts';
import { silentLogger } from '../../../../src/base/logger.ts';
import { Agreement } from '../../../../src/extension/contexts/agreement.ts';
import { Consent } from '../../../../src/extension/contexts/consent.ts';
import type { Survey } from '../../../../src/extension/link/workerApi.ts';
import { Messages } from '../../../../src/extension/messages.ts';
import { MapMemory } from '../../../support/mapMemory.ts';
import type { Asked } from '../../../support/vscode.ts';
import { fake, resetVscode } from '../../../support/vscode.ts';

const source = { folder: '/ws/app', dockerfile: '/ws/app/Dockerfile' };
const here = { builder: '', daemon: '' };
const never = new AbortController().signal;
const small: Survey = { snapshot: '', files: 3, bytes: 2000, largest: [], secrets: [] };

let surveys: Survey[];
let read: number;
let dockerfile: Promise<unknown>;
let ignored: string[];
let consent: Consent;
let agreement: Agreement;

beforeEach(() => {
  resetVscode();
  surveys = [small];
  read = 0;
  dockerfile = Promise.resolve();
  ignored = [];
  consent = new Consent(new MapMemory());
  agreement = new Agreement({
    // What was read last is read again.
    worker: {
      request: () => (read++, Promise.resolve((surveys.length > 1 ? surveys.shift() : surveys[0]) as never)),
    },
    consent,
    messages: new Messages(silentLogger),
    destination: () => here,
    builderName: () => 'the engine',
    readDockerfile: () => dockerfile,
    ignore: (_source, paths) => {
      ignored.push(...paths);
      return Promise.resolve();
    },
  });
});

const detailOf = (asked: Asked | undefined) => (asked?.options as { detail?: string } | undefined)?.detail;

test('keeping a small context without secrets asks nothing', async () => {
  await agreement.keep(source);
  expect(fake.asked).toEqual([]);
  expect(consent.isGiven(source, here)).toBe(true);
});

describe('a first build', () => {
  test('says what is sent where, and that it goes on', async () => {
    fake.answer = () => 'Build and Keep in Sync';
    await agreement.build(source, never);
    expect(fake.asked).toMatchObject([{ kind: 'information', text: 'Build app with Presync?' }]);
    expect(detailOf(fake.asked[0])).toBe(
      'Its build context (3 files, 2.00kB) is sent to the engine, and kept in sync there from now on.',
    );
    expect(consent.isGiven(source, here)).toBe(true);
  });

  test('that is not confirmed ends, and nothing was agreed to', async () => {
    await expect(agreement.build(source, never)).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(consent.any).toBe(false);
  });

  test('and no question at the second', async () => {
    await consent.give(source, here);
    await agreement.build(source, never);
    expect(fake.asked).toEqual([]);
  });
});

describe('files that look like secrets', () => {
  beforeEach(() => (surveys = [{ ...small, secrets: ['.env', 'keys/id_rsa'] }, small]));

  test('are named, and nothing is kept when the user leaves', async () => {
    await expect(agreement.keep(source)).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(fake.asked[0]!.text).toBe('2 files in the build context of app may hold secrets.');
    expect(detailOf(fake.asked[0])).toBe('.env\nkeys/id_rsa');
    expect(consent.any).toBe(false);
  });

  test('may be sent, and are not asked about again', async () => {
    fake.answer = () => 'Send Them';
    await agreement.keep(source);
    expect(consent.answered(source).secrets).toEqual(['.env', 'keys/id_rsa']);
    await consent.withdraw(source);
    surveys = [{ ...small, secrets: ['.env'] }];
    await agreement.keep(source);
    expect(fake.asked).toHaveLength(1);
  });

  test('may be left out, and then the folder is read again', async () => {
    fake.answer = () => 'Add to .dockerignore';
    await agreement.keep(source);
    expect(ignored).toEqual(['.env', 'keys/id_rsa']);
    expect(consent.isGiven(source, here)).toBe(true);
    expect(consent.answered(source).secrets).toEqual([]);
  });
});

describe('a large context', () => {
  const largest = [{ path: 'node_modules', bytes: 400e6 }];

  test('over 100 MB is told, and goes on', async () => {
    surveys = [{ ...small, bytes: 150e6, largest }];
    await agreement.keep(source);
    expect(fake.asked).toMatchObject([{ kind: 'warning', items: ['Show Build Context'] }]);
    expect(fake.asked[0]!.text).toBe(
      'The build context of app is large: 3 files, 150.00MB. What is not needed can go into .dockerignore: node_modules.',
    );
    expect(consent.any).toBe(true);
  });

  test('without anything that stands out, nothing is named', async () => {
    surveys = [{ ...small, bytes: 150e6, largest: [{ path: 'a', bytes: 1e6 }] }];
    await agreement.keep(source);
    expect(fake.asked[0]!.text).toMatch(/What is not needed can go into \.dockerignore\.$/);
  });

  test('over 500 MB is asked, and ends when the user does not want it', async () => {
    surveys = [{ ...small, bytes: 600e6, largest }];
    await expect(agreement.keep(source)).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(detailOf(fake.asked[0])).toContain('node_modules  400.00MB');
    fake.answer = () => 'Sync Anyway';
    await agreement.keep(source);
    expect(consent.any).toBe(true);
  });
});

test('without trust nothing is read, asked or agreed to, whatever was agreed to before', async () => {
  fake.trusted = false;
  fake.answer = ({ items }) => items[0];
  await expect(agreement.keep(source)).rejects.toMatchObject({ code: 'UNTRUSTED' });
  await expect(agreement.build(source, never)).rejects.toMatchObject({ code: 'UNTRUSTED' });
  expect([read, fake.asked.length, consent.any]).toEqual([0, 0, false]);
  await consent.give(source, here);
  await expect(agreement.build(source, never)).rejects.toMatchObject({ code: 'UNTRUSTED' });
});

test('a Dockerfile that cannot be read is told of, and nothing is asked or agreed to', async () => {
  dockerfile = Promise.reject(new PresyncError('DOCKERFILE_NOT_FOUND', 'None.'));
  fake.answer = ({ items }) => items[0];
  await expect(agreement.keep(source)).rejects.toMatchObject({ code: 'DOCKERFILE_NOT_FOUND' });
  await expect(agreement.build(source, never)).rejects.toMatchObject({ code: 'DOCKERFILE_NOT_FOUND' });
  expect([read, fake.asked.length, consent.any]).toEqual([0, 0, false]);
});
