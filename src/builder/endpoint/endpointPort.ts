/** What endpoint resolution needs to know about the machine. */
export interface EndpointPort {
  readonly platform: NodeJS.Platform;
  /** The text of a file, or undefined when there is none. Rejects when it cannot be read. */
  readText(path: string): Promise<string | undefined>;
  /** Whether a file, socket or pipe exists. */
  exists(path: string): Promise<boolean>;
}
