/** What the command line says, typed. */
import type { ResultFiles } from './resultFiles.ts';
import type { SettingFlags } from './settings/buildSettings.ts';

/** `tty` is what docker calls `auto` on a terminal. */
export type ProgressMode = 'auto' | 'plain' | 'tty' | 'rawjson' | 'quiet';
export type Proof = 'before' | 'concurrent' | 'off';
export type ContextExtent = 'needed' | 'all';

/** What every command takes. */
export interface CommonOptions {
  /** Show the causes of an error. */
  readonly debug: boolean;
  /** A DAEMON; undefined for the user's own. */
  readonly daemon: string | undefined;
  /** Files for a daemon behind a token, and TLS. */
  readonly tokenFile?: string | undefined;
  readonly tlsCa?: string | undefined;
}

export interface BuildOptions extends CommonOptions, ResultFiles {
  /** The context: a folder, what the builder gets itself, or '-' for standard input. See mainContext.ts. */
  readonly path: string;
  /** The Dockerfile; '-' for standard input. */
  readonly file: string | undefined;
  readonly tags: readonly string[];
  /** None for the last stage; several are built beside each other. */
  readonly targets: readonly string[];
  /** As typed: `K=V` or `K`. */
  readonly buildArgs: readonly string[];
  /** `--secret` and `--ssh` as typed. */
  readonly secrets: readonly string[];
  readonly agents: readonly string[];
  readonly noCache: boolean;
  /** `--output` as typed. */
  readonly outputs: readonly string[];
  /** `--annotation` as typed. */
  readonly annotations: readonly string[];
  /** How the build runs, as typed. */
  readonly settings: SettingFlags;
  readonly push: boolean;
  readonly load: boolean;
  readonly context: ContextExtent;
  readonly proof: Proof;
  readonly builder: string | undefined;
  readonly progress: ProgressMode;
  /** Print the image's id and nothing else. */
  readonly quiet?: boolean | undefined;
  readonly json: boolean;
}

export interface BakeOptions
  extends
    CommonOptions,
    Pick<BuildOptions, 'context' | 'proof' | 'builder' | 'progress' | 'quiet' | 'json' | 'metadataFile'> {
  /** For `docker buildx bake`. */
  readonly passed: readonly string[];
}

export interface WatchOptions extends CommonOptions {
  readonly path: string;
  /** Decides which ignore file applies. */
  readonly file: string | undefined;
  readonly builder: string | undefined;
  /** Run the last build in the background after each change. */
  readonly build: boolean;
}

export interface StatusOptions extends CommonOptions {
  readonly json: boolean;
}

export interface ContextOptions extends CommonOptions {
  readonly path: string;
  readonly file: string | undefined;
  readonly json: boolean;
}

/** The daemon's own program reads its arguments itself. */
export interface ProgramOptions extends CommonOptions {
  readonly args: readonly string[];
}

/** `presync gc` and `presync verify`. */
export interface UpkeepOptions extends ProgramOptions {
  readonly json: boolean;
}

export interface InstallOptions extends CommonOptions {
  /** ssh://user@host */
  readonly host: string;
}

export type Command =
  | { readonly name: 'build'; readonly options: BuildOptions }
  | { readonly name: 'bake'; readonly options: BakeOptions }
  | { readonly name: 'watch'; readonly options: WatchOptions }
  | { readonly name: 'status'; readonly options: StatusOptions }
  | { readonly name: 'context'; readonly options: ContextOptions }
  | { readonly name: 'daemon'; readonly options: ProgramOptions }
  | { readonly name: 'gc' | 'verify'; readonly options: UpkeepOptions }
  | { readonly name: 'install'; readonly options: InstallOptions };
