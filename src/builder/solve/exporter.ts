/**
 * What becomes of a result, in the engine's terms: the side effects of builds are all planned here.
 *
 * A result that is sent to the client, or an image for a registry, is a solve of its own behind the first one: every step
 * is in the cache by then. Docker's own exporter `moby` makes an image in the engine's store and can do nothing else
 * with it; what it lacks, pushing and saving, the Engine API has.
 */
import { PresyncError } from '../../base/errors.ts';
import type { BuildOutput } from '../../context/buildOutput.ts';
import { imageOutput } from '../../context/buildOutput.ts';
import type { BuildRequest } from '../../context/buildRequest.ts';
import type { CachePlace } from '../../context/buildSettings.ts';
import { checkTags } from './tags.ts';

/** What an engine can make of a result. */
export type ResultStore =
  /** Docker's own image store. */
  | 'docker'
  /** Docker with containerd's image store. */
  | 'docker-containerd'
  | 'buildkitd';

/** One exporter of a solve; '' exports nothing. */
export interface Exporter {
  readonly type: '' | 'moby' | 'image' | 'tar' | 'oci' | 'docker';
  readonly attrs: Readonly<Record<string, string>>;
  /** The output whose bytes it sends to the client. */
  readonly output?: number;
  /** Caches that are written beside. */
  readonly cacheTo?: readonly CachePlace[];
}

export const noExporter: Exporter = { type: '', attrs: {} };

/** What follows the first solve. */
export type ResultStep =
  | { readonly kind: 'tag'; readonly name: string }
  | { readonly kind: 'push'; readonly name: string }
  /** The image as an archive of `docker save`. */
  | { readonly kind: 'save'; readonly names: readonly string[]; readonly output: number }
  | { readonly kind: 'solve'; readonly exporter: Exporter };

export interface ResultPlan {
  /** Of the solve that runs at once: nothing that it leaves behind has a name. */
  readonly first: Exporter;
  /** The same where everything is allowed at once; does the first of the steps too. */
  readonly named: Exporter;
  readonly steps: readonly ResultStep[];
  /** The steps behind `named`. */
  readonly rest: readonly ResultStep[];
}

/** BAD_TAG, BUILDER_UNSUPPORTED: before anything is built. */
export function planResults(request: BuildRequest, store: ResultStore): ResultPlan {
  const outputs = request.outputs?.length ? request.outputs : [imageOutput];
  const plan = store === 'buildkitd' ? planBuildkitd(request.tags, outputs) : planDocker(request.tags, outputs, store);
  return withCaches(plan, request.settings?.cacheTo ?? []);
}

/** An inline cache is part of the image. Any other goes to a place of its own, which is a side effect and comes last. */
function withCaches(plan: ResultPlan, caches: readonly CachePlace[]): ResultPlan {
  if (caches.length === 0) return plan;
  const inline = caches.filter(({ type }) => type === 'inline');
  const outside = caches.filter(({ type }) => type !== 'inline');
  const within = (exporter: Exporter): Exporter => ({ ...exporter, cacheTo: inline });
  const inEach = (steps: readonly ResultStep[]): ResultStep[] =>
    steps.map((step) => (step.kind === 'solve' ? { ...step, exporter: within(step.exporter) } : step));
  const behind: ResultStep = { kind: 'solve', exporter: { ...noExporter, cacheTo: outside } };
  return {
    first: within(plan.first),
    named: { ...plan.named, cacheTo: caches },
    steps: [...inEach(plan.steps), ...(outside.length > 0 ? [behind] : [])],
    rest: inEach(plan.rest),
  };
}

/** With Docker, one image serves all outputs that are images; archives and trees are solves of their own. */
function planDocker(tags: readonly string[], outputs: readonly BuildOutput[], store: ResultStore): ResultPlan {
  const images = outputs.filter((output) => isImage(output, store));
  for (const image of images) checkImageAttributes(image, store);
  const names = checkTags([...new Set([...tags, ...images.flatMap(namesOf)])]);
  const sent: ResultStep[] = outputs.flatMap((output, index) => sendStep(output, index, names, store));
  const pushed = images.some(({ attributes }) => attributes.get('push') === 'true');
  if (pushed && names.length === 0) throw nothingToPush();
  const pushes: ResultStep[] = pushed ? names.map((name) => ({ kind: 'push', name })) : [];
  if (images.length === 0) return planWithoutImage(sent);
  const first = imageExporter(images, []);
  const behind = [...sent, ...pushes];
  const tagged: ResultStep[] = names.map((name) => ({ kind: 'tag', name }));
  return { first, named: imageExporter(images, names), steps: [...tagged, ...behind], rest: behind };
}

function planWithoutImage(sent: readonly ResultStep[]): ResultPlan {
  const [solve, ...rest] = sent;
  const named = solve?.kind === 'solve' ? solve.exporter : noExporter;
  return { first: noExporter, named, steps: sent, rest: solve?.kind === 'solve' ? rest : sent };
}

/** A buildkitd has an exporter for everything, and its images are no use without a name. */
function planBuildkitd(tags: readonly string[], outputs: readonly BuildOutput[]): ResultPlan {
  const exporters = outputs.flatMap((output, index): Exporter[] => {
    const { type, attributes, receive } = output;
    if (type === 'cacheonly') return [];
    const names = checkTags([...new Set([...tags, ...namesOf(output)])]);
    const named = type === 'tar' || names.length === 0 ? {} : { name: names.join(',') };
    const attrs = { ...Object.fromEntries(attributes), ...named };
    return [{ type, attrs, ...(receive ? { output: index } : {}) }];
  });
  const steps = exporters.map((exporter): ResultStep => ({ kind: 'solve', exporter }));
  const [only, ...others] = exporters;
  const harmless = only?.type === 'image' && only.attrs['name'] === undefined ? only : noExporter;
  return {
    first: harmless,
    named: only ?? noExporter,
    steps: harmless === noExporter ? steps : steps.slice(1),
    rest: others.map((exporter) => ({ kind: 'solve', exporter })),
  };
}

/** Whether it needs an image in the engine's store: an archive of one too, where only `docker save` makes those. */
function isImage({ type, receive }: BuildOutput, store: ResultStore): boolean {
  if (type === 'image') return true;
  return type === 'docker' && (!receive || store === 'docker');
}

function sendStep(output: BuildOutput, index: number, names: readonly string[], store: ResultStore): ResultStep[] {
  const { type, attributes, receive } = output;
  if (!receive || type === 'image' || type === 'cacheonly') return [];
  if (type === 'docker' && store === 'docker') return [{ kind: 'save', names, output: index }];
  if (type === 'oci' && store === 'docker') {
    throw new PresyncError('BUILDER_UNSUPPORTED', 'This Docker engine cannot make OCI archives.', {
      hint: 'Use type=docker, or turn on the containerd image store of the engine (Docker 25 or newer).',
    });
  }
  const named = type === 'tar' || names.length === 0 ? {} : { name: names.join(',') };
  const attrs = { ...Object.fromEntries(attributes), ...named };
  return [{ kind: 'solve', exporter: { type, attrs, output: index } }];
}

function imageExporter(images: readonly BuildOutput[], names: readonly string[]): Exporter {
  const attrs: Record<string, string> = {};
  for (const { attributes } of images) Object.assign(attrs, Object.fromEntries(attributes));
  delete attrs['name'];
  delete attrs['push'];
  return { type: 'moby', attrs: names.length === 0 ? attrs : { ...attrs, name: names.join(',') } };
}

/** Docker's own store keeps layers as they are: what would change them it does not know, and does not say so. */
function checkImageAttributes({ attributes }: BuildOutput, store: ResultStore): void {
  if (store !== 'docker') return;
  for (const name of attributes.keys()) {
    if (name === 'name' || name === 'push') continue;
    throw new PresyncError('BUILDER_UNSUPPORTED', `This Docker engine's image store does not know "${name}".`, {
      hint: 'Leave it out, or turn on the containerd image store of the engine (Docker 25 or newer).',
    });
  }
}

function namesOf({ attributes }: BuildOutput): string[] {
  return attributes.get('name')?.split(',') ?? [];
}

function nothingToPush(): PresyncError {
  return new PresyncError('BAD_TAG', 'There is no name to push the image to.', { hint: 'Give it one with -t.' });
}
