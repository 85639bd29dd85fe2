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
  /** Undefined: the context is a snapshot. */
  readonly remote?: RemoteContext;
}

/** A context that is no snapshot: the builder gets it itself, or the client sends it as it is. */
export interface RemoteContext {
  /** A git repository, or the URL of an archive or of a Dockerfile; undefined: an archive that the client sends. */
  readonly url: string | undefined;
  /** The path of the Dockerfile in it; undefined: that of the request. */
  readonly dockerfile: string | undefined;
}

export interface Dockerfile {
  /** Its base name, for messages: 'Dockerfile', 'app.Dockerfile'. */
  readonly name: string;
  readonly content: Uint8Array;
}
