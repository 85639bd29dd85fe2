import { expect, test } from 'vitest';
import { Consent } from '../../../../src/extension/contexts/consent.ts';
import { MapMemory } from '../../../support/mapMemory.ts';

const app = { folder: '/ws/app', dockerfile: '/ws/app/Dockerfile' };
const web = { folder: '/ws/web', dockerfile: '/ws/web/Dockerfile' };
const here = { builder: '', daemon: '' };
const there = { builder: 'tcp://there:2376', daemon: '' };

test('nothing is agreed to at first', () => {
  const consent = new Consent(new MapMemory());
  expect(consent.any).toBe(false);
  expect(consent.given(here)).toEqual([]);
  expect(consent.paused).toBe(false);
});

test('an agreement is for one context and one destination, and outlives the window', async () => {
  const memory = new MapMemory();
  await new Consent(memory).give(app, here);
  const consent = new Consent(memory);
  expect(consent.given(here)).toEqual([app]);
  expect(consent.isGiven(app, there)).toBe(false);
  expect(consent.isGiven(web, here)).toBe(false);
  expect(consent.isGiven(app, { builder: '', daemon: 'wss://there' })).toBe(false);
});

test('a withdrawn agreement is none, anywhere, and what was answered stays answered', async () => {
  const consent = new Consent(new MapMemory());
  await consent.answer(app, { bytes: 7, secrets: ['.env'] });
  await consent.give(app, here);
  await consent.give(app, there);
  await consent.give(web, here);
  await consent.withdraw(app);
  expect([consent.given(here), consent.given(there)]).toEqual([[web], []]);
  expect(consent.answered(app)).toEqual({ bytes: 7, secrets: ['.env'] });
});

test('an answer alone is no agreement', async () => {
  const consent = new Consent(new MapMemory());
  await consent.answer(app, { bytes: 7, secrets: [] });
  expect(consent.any).toBe(false);
  expect(consent.given(here)).toEqual([]);
});

test('what is stored and is no list counts as nothing', async () => {
  const memory = new MapMemory();
  await memory.update('presync.kept', { strange: true });
  expect(new Consent(memory).any).toBe(false);
});
