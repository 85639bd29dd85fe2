/** What only Docker's other image store can do: it keeps images as registries have them. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { baseImage, usePrivateEngine } from '../support/engines.ts';
import { file, makeTree } from '../support/madeTree.ts';
import { useSandbox } from '../support/presyncCli.ts';
import { readTar } from '../support/tarReader.ts';
import { temporaryFolder, temporaryTag } from '../support/temporary.ts';

interface Descriptor {
  readonly digest: string;
  readonly platform?: { readonly os: string; readonly architecture: string };
  readonly annotations?: Readonly<Record<string, string>>;
}

/** An index or a manifest, as far as the tests look at them. */
interface Manifest {
  readonly manifests?: readonly Descriptor[];
  readonly layers?: readonly Descriptor[];
  readonly annotations?: Readonly<Record<string, string>>;
}

/** An OCI archive. */
class Archive {
  readonly #members: ReadonlyMap<string, Uint8Array>;

  constructor(path: string) {
    this.#members = new Map([...readTar(readFileSync(path))].map(({ path: name, data }) => [name, data]));
  }

  /** What the one entry of the index is: a manifest, or an index of several. */
  get top(): Manifest {
    return this.manifest((this.#json('index.json') as Required<Manifest>).manifests[0]!);
  }

  manifest({ digest }: Descriptor): Manifest {
    return this.#json(`blobs/${digest.replace(':', '/')}`) as Manifest;
  }

  #json(name: string): unknown {
    return JSON.parse(Buffer.from(this.#members.get(name)!).toString());
  }
}

describe('with the containerd image store', () => {
  const engine = usePrivateEngine('trixie', { features: { 'containerd-snapshotter': true } });
  const sandbox = useSandbox(engine.host);
  const copy = 'FROM scratch\nCOPY . /\n';

  /** A build to an OCI archive. */
  async function archiveOf(dockerfile: string, ...args: string[]): Promise<Archive> {
    const context = join(temporaryFolder(), 'context');
    makeTree(context, [file('Dockerfile', dockerfile)]);
    const dest = join(context, '../image.tar');
    await sandbox.build(context, {}, { args: ['--output', `type=oci,dest=${dest}`, ...args] });
    return new Archive(dest);
  }

  it('type=oci, and --annotation', async () => {
    const args = ['--annotation', 'a=b', '--annotation', 'manifest:c=d e'];
    const { annotations, layers } = (await archiveOf(copy, ...args)).top;
    expect(annotations).toEqual({ a: 'b', c: 'd e' });
    expect(layers).toHaveLength(1);
  });

  it('--platform, for several platforms', async () => {
    const { top } = await archiveOf(copy, '--platform', 'linux/amd64,linux/arm64', '--annotation', 'index:a=b');
    const platforms = top.manifests?.map(({ platform }) => `${platform?.os}/${platform?.architecture}`);
    expect(platforms).toEqual(['linux/amd64', 'linux/arm64']);
    expect(top.annotations).toEqual({ a: 'b' });
  });

  it('--attest and --provenance', async () => {
    for (const flag of ['--provenance=mode=max', '--attest=type=provenance']) {
      const archive = await archiveOf(copy, flag);
      const attested = archive.top.manifests?.filter(
        ({ annotations }) => annotations?.['vnd.docker.reference.type'] === 'attestation-manifest',
      );
      expect(attested).toHaveLength(1);
      expect(archive.manifest(attested![0]!).layers?.[0]?.annotations).toMatchObject({
        'in-toto.io/predicate-type': expect.stringContaining('provenance') as string,
      });
    }
    expect((await archiveOf(copy, '--provenance=false')).top.manifests).toBeUndefined();
  });

  it('type=docker is loaded as the image that was built, which is named only with leave', async () => {
    const context = join(temporaryFolder(), 'context');
    makeTree(context, [file('Dockerfile', `FROM ${baseImage}\nCOPY . /src\n`)]);
    const tag = temporaryTag(engine.api);
    const archive = join(context, '../image.tar');
    const { imageId } = await sandbox.build(context, { tag });
    expect(await engine.api.imageId(tag)).toBe(imageId);
    await sandbox.build(context, { tag }, { args: ['-o', `type=docker,dest=${archive}`] });
    await engine.api.removeImage(tag);
    execFileSync(engine.cli, ['load', '-i', archive], { stdio: 'pipe' });
    expect(await engine.api.imageId(tag)).toBeDefined();
  });
});
