import { describe, expect, it } from 'vitest';
import type { ResultPlan, ResultStep, ResultStore } from '../../../src/builder/solve/exporter.ts';
import { planResults } from '../../../src/builder/solve/exporter.ts';
import type { BuildOutput, OutputType } from '../../../src/context/buildOutput.ts';
import type { CachePlace } from '../../../src/context/buildSettings.ts';
import { usualSettings } from '../../../src/context/buildSettings.ts';

function output(type: OutputType, attributes: Record<string, string> = {}, receive = false): BuildOutput {
  return { type, attributes: new Map(Object.entries(attributes)), receive };
}

const folder = output('tar', {}, true);
const archive = (type: OutputType) => output(type, {}, true);
const push = output('image', { push: 'true' });

function plan(store: ResultStore, outputs: readonly BuildOutput[], tags: readonly string[] = ['app:1']): ResultPlan {
  const dockerfile = { name: 'Dockerfile', content: new Uint8Array() };
  return planResults({ dockerfile, tags, target: undefined, buildArgs: new Map(), noCache: false, outputs }, store);
}

const nothing = { type: '', attrs: {} };
const tag = { kind: 'tag', name: 'app:1' };

describe.each(['docker', 'docker-containerd'] as const)('the results of a build, %s', (store) => {
  it('are an image when nothing is said, named only with leave', () => {
    for (const outputs of [[], [output('image')], [output('docker')]]) {
      expect(plan(store, outputs)).toEqual({
        first: { type: 'moby', attrs: {} },
        named: { type: 'moby', attrs: { name: 'app:1' } },
        steps: [tag],
        rest: [],
      });
    }
  });

  it('are no image when they are files, and one solve does it', () => {
    const sent = { type: 'tar', attrs: {}, output: 0 };
    expect(plan(store, [folder])).toEqual({
      first: nothing,
      named: sent,
      steps: [{ kind: 'solve', exporter: sent }],
      rest: [],
    });
  });

  it('are several: the image first, then what is sent, then what is pushed', () => {
    const sent = { kind: 'solve', exporter: { type: 'tar', attrs: {}, output: 1 } };
    const pushed = { kind: 'push', name: 'app:1' };
    const { first, steps, rest } = plan(store, [push, folder]);
    expect(first).toEqual({ type: 'moby', attrs: {} });
    expect(steps).toEqual([tag, sent, pushed]);
    expect(rest).toEqual([sent, pushed]);
  });

  it('are nothing but the cache', () => {
    expect(plan(store, [output('cacheonly')])).toEqual({ first: nothing, named: nothing, steps: [], rest: [] });
  });

  it('bear the names of tags and of outputs, each once', () => {
    const { named } = plan(store, [output('image', { name: 'b,app:1' })]);
    expect(named.attrs).toEqual({ name: 'app:1,b' });
  });

  it('cannot be pushed without a name, nor named badly', () => {
    expect(() => plan(store, [push], [])).toThrow(expect.objectContaining({ code: 'BAD_TAG' }));
    expect(() => plan(store, [], ['Bad'])).toThrow(expect.objectContaining({ code: 'BAD_TAG' }));
  });
});

describe('archives of images', () => {
  it('are saved by a Docker engine of old, and exported by a newer one', () => {
    expect(plan('docker', [archive('docker')])).toMatchObject({
      first: { type: 'moby' },
      steps: [tag, { kind: 'save', names: ['app:1'], output: 0 }],
    });
    expect(plan('docker-containerd', [archive('docker')])).toMatchObject({
      first: nothing,
      steps: [{ kind: 'solve', exporter: { type: 'docker', attrs: { name: 'app:1' }, output: 0 } }],
    });
  });

  it('of OCI need what an engine of old has not', () => {
    expect(() => plan('docker', [archive('oci')])).toThrow(
      expect.objectContaining({ code: 'BUILDER_UNSUPPORTED', hint: expect.stringContaining('type=docker') as string }),
    );
    expect(plan('docker-containerd', [archive('oci')]).named.type).toBe('oci');
  });
});

describe('attributes of an image', () => {
  it('are refused where they would be ignored', () => {
    const compressed = output('image', { compression: 'zstd' });
    expect(() => plan('docker', [compressed])).toThrow(expect.objectContaining({ code: 'BUILDER_UNSUPPORTED' }));
    expect(plan('docker-containerd', [compressed]).first.attrs).toEqual({ compression: 'zstd' });
  });
});

describe('a buildkitd', () => {
  it('has an exporter for everything, and keeps what has no name from the beginning', () => {
    const image = { type: 'image', attrs: { name: 'app:1' } };
    expect(plan('buildkitd', [])).toEqual({
      first: nothing,
      named: image,
      steps: [{ kind: 'solve', exporter: image }],
      rest: [],
    });
    expect(plan('buildkitd', [], [])).toEqual({
      first: { type: 'image', attrs: {} },
      named: { type: 'image', attrs: {} },
      steps: [],
      rest: [],
    });
  });

  it('numbers what it sends as the client does', () => {
    const { steps } = plan('buildkitd', [output('cacheonly'), push, archive('oci'), folder]);
    expect(steps).toEqual([
      { kind: 'solve', exporter: { type: 'image', attrs: { push: 'true', name: 'app:1' } } },
      { kind: 'solve', exporter: { type: 'oci', attrs: { name: 'app:1' }, output: 2 } },
      { kind: 'solve', exporter: { type: 'tar', attrs: {}, output: 3 } },
    ]);
  });
});

describe('caches that a build writes', () => {
  const place = (type: string): CachePlace => ({ type, attributes: new Map() });
  const [inline, outside] = [place('inline'), place('registry')];
  const cached = (outputs: readonly BuildOutput[], ...cacheTo: CachePlace[]) => {
    const dockerfile = { name: 'Dockerfile', content: new Uint8Array() };
    const recipe = { dockerfile, tags: ['app:1'], target: undefined, buildArgs: new Map(), noCache: false, outputs };
    return planResults({ ...recipe, settings: { ...usualSettings, cacheTo } }, 'docker-containerd');
  };

  it('are part of the image, or are written with leave and not before', () => {
    const { first, named, steps, rest } = cached([], inline, outside);
    expect(first.cacheTo).toEqual([inline]);
    expect(named.cacheTo).toEqual([inline, outside]);
    expect(steps).toEqual([tag, { kind: 'solve', exporter: { ...nothing, cacheTo: [outside] } }]);
    expect(rest).toEqual([]);
  });

  it('are written once, whatever else is made of the build', () => {
    const { first, named, steps, rest } = cached([folder, archive('oci')], outside);
    expect(first.cacheTo).toEqual([]);
    expect(named.cacheTo).toEqual([outside]);
    const written = (all: readonly ResultStep[]) =>
      all.filter((step) => step.kind === 'solve' && step.exporter.cacheTo?.includes(outside)).length;
    expect([written(steps), written(rest)]).toEqual([1, 0]);
  });
});
