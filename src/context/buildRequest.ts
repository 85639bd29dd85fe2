import type { BuildOutput } from './buildOutput.ts';
import type { BuildSettings } from './buildSettings.ts';

/** The build description, apart from the build's inputs. */
export interface BuildRequest {
  readonly dockerfile: Dockerfile;
  readonly tags: readonly string[];
  /** The stage to build; undefined for the last one. */
  readonly target: string | undefined;
  readonly buildArgs: ReadonlyMap<string, string>;
  readonly noCache: boolean;
  /** Empty: an image in the engine's store. */
  readonly outputs?: readonly BuildOutput[];
  /** Undefined: the usual ones. */
  readonly settings?: BuildSettings;
}

export interface Dockerfile {
  /** Its base name, for messages: 'Dockerfile', 'app.Dockerfile'. */
  readonly name: string;
  readonly content: Uint8Array;
}
