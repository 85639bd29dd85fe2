/** What becomes of the result of a build. */
export interface BuildOutput {
  /** `cacheonly`: nothing but the cache. */
  readonly type: OutputType;
  /** For the exporter, as the user gave them; never where the client puts the result. */
  readonly attributes: ReadonlyMap<string, string>;
  /** The result is sent to the client; otherwise it stays with the engine or a registry. */
  readonly receive: boolean;
}

export const outputTypes = ['image', 'tar', 'oci', 'docker', 'cacheonly'] as const;
export type OutputType = (typeof outputTypes)[number];

/** What a build makes when nothing is said. */
export const imageOutput: BuildOutput = { type: 'image', attributes: new Map(), receive: false };
