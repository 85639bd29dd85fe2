import { badField } from '../../context/fieldList.ts';
import type { OutputSpec } from './outputSpec.ts';

/** As buildx reads them (exporter/util/annotations): `[TYPE[,TYPE][[PLATFORM]]:]KEY`. */
const expression = /^(?:([a-z-]+(?:,[a-z-]+)*)(?:\[([A-Za-z0-9_/-]+)\])?:)?([^\s:[\]]+)$/;
const types = ['manifest', 'index', 'manifest-descriptor', 'index-descriptor'];

/** Adds `--annotation` flags to every output that can have them; an image where there is none. USAGE. */
export function withAnnotations(specs: readonly OutputSpec[], flags: readonly string[]): OutputSpec[] {
  if (flags.length === 0) return [...specs];
  const annotations = flags.flatMap(parseAnnotation);
  const image: OutputSpec = { output: { type: 'image', attributes: new Map(), receive: false }, place: undefined };
  return (specs.length === 0 ? [image] : specs).map((spec) => {
    const { type, attributes } = spec.output;
    if (type === 'tar' || type === 'cacheonly') return spec;
    return { ...spec, output: { ...spec.output, attributes: new Map([...attributes, ...annotations]) } };
  });
}

/** As attributes of an exporter. */
function parseAnnotation(flag: string): [string, string][] {
  const equals = flag.indexOf('=');
  const match = expression.exec(flag.slice(0, Math.max(0, equals)));
  if (match === null) throw badField('annotation', flag, 'it is no annotation', 'Write [TYPE:]KEY=VALUE.');
  const [, kinds, platform, key] = match;
  const value = flag.slice(equals + 1);
  const suffix = `${platform === undefined ? '' : `[${platform}]`}.${key}`;
  if (kinds === undefined) return [[`annotation${suffix}`, value]];
  return kinds.split(',').map((kind) => {
    if (!types.includes(kind)) throw badField('annotation', flag, `there is no type "${kind}"`, types.join(', '));
    return [`annotation-${kind}${suffix}`, value];
  });
}
