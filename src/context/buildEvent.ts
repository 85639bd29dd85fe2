/** What a build tells while it runs. Times are milliseconds since 1970. */
export type BuildEvent = VertexEvent | StatusEvent | LogEvent | WarningEvent;

/** A step of the build began, went on or ended. Later events of the same digest replace earlier ones. */
export interface VertexEvent {
  readonly type: 'vertex';
  readonly digest: string;
  readonly name: string;
  readonly cached: boolean;
  readonly started: number | undefined;
  readonly completed: number | undefined;
  /** Why it failed; '' while it did not. */
  readonly error: string;
}

/** Progress inside a step, such as a layer's download. */
export interface StatusEvent {
  readonly type: 'status';
  readonly vertex: string;
  readonly id: string;
  readonly current: number;
  /** 0 when unknown. */
  readonly total: number;
  readonly started: number | undefined;
  readonly completed: number | undefined;
}

/** Output of a step: raw bytes, not necessarily whole lines. */
export interface LogEvent {
  readonly type: 'log';
  readonly vertex: string;
  /** 1 stdout, 2 stderr. */
  readonly stream: number;
  readonly data: Uint8Array;
  readonly timestamp: number;
}

/** A remark of the frontend about the Dockerfile. */
export interface WarningEvent {
  readonly type: 'warning';
  readonly vertex: string;
  readonly message: string;
  readonly detail: string;
  readonly url: string;
  /** First line in the Dockerfile, from 1; 0 when unknown. */
  readonly line: number;
}

/** How a build ended well. */
export interface BuildResult {
  /** What `docker images` shows, as `sha256:…`; '' when the build exported no image. */
  readonly imageId: string;
  /** Of the image with all its layers; 0 when the builder does not tell. */
  readonly imageBytes: number;
  /** What the builder's exporters say about the result, such as 'containerimage.config.digest'. */
  readonly metadata: ReadonlyMap<string, string>;
  /** The generation that it was built from. */
  readonly generation: string;
  /** From Solve sent to its answer, in milliseconds. */
  readonly solveMs: number;
  /** What crossed BuildKit's sessions for this build. */
  readonly transfer: BuilderTransfer;
}

export interface BuilderTransfer {
  readonly diffCopies: number;
  /** Files that the builder asked for. */
  readonly files: number;
  readonly bytes: number;
}
