/** How a build runs, beyond which files it is of: what only some builds say. */
export interface BuildSettings {
  /** `linux/arm64`; none for the builder's own. */
  readonly platforms: readonly string[];
  readonly labels: ReadonlyMap<string, string>;
  /** Ask registries for newer images. */
  readonly pull: boolean;
  /** Stages that run anew. */
  readonly noCacheStages: readonly string[];
  /** The network of RUN steps: the engine's default, the host's, or none. */
  readonly network: NetworkMode;
  /** Names for /etc/hosts, each as `NAME=ADDRESS`; the address may be `host-gateway`. */
  readonly hosts: readonly string[];
  /** Each as `NAME=SOFT:HARD`. */
  readonly ulimits: readonly string[];
  /** Of /dev/shm; 0 for the engine's default. */
  readonly shmBytes: number;
  /** '' for the engine's default. */
  readonly cgroupParent: string;
  /** Rights such as `security.insecure`. */
  readonly allow: readonly string[];
  readonly cacheFrom: readonly CachePlace[];
  readonly cacheTo: readonly CachePlace[];
  /** `provenance` and `sbom`, with their parameters as the frontend takes them. */
  readonly attests: ReadonlyMap<string, string>;
  /** Contexts by name that the builder gets itself: `docker-image://…`, `https://…`, a git repository. */
  readonly contexts: ReadonlyMap<string, string>;
}

export const networkModes = ['default', 'host', 'none'] as const;
export type NetworkMode = (typeof networkModes)[number];

/** A cache outside of the builder. */
export interface CachePlace {
  /** `registry`, `inline`, … */
  readonly type: string;
  readonly attributes: ReadonlyMap<string, string>;
}

export const usualSettings: BuildSettings = {
  platforms: [],
  labels: new Map(),
  pull: false,
  noCacheStages: [],
  network: 'default',
  hosts: [],
  ulimits: [],
  shmBytes: 0,
  cgroupParent: '',
  allow: [],
  cacheFrom: [],
  cacheTo: [],
  attests: new Map(),
  contexts: new Map(),
};
