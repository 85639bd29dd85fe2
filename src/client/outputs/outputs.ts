/** The results that a build sends to this side. */
import { openFileOutput } from './fileOutput.ts';
import { openFolderOutput } from './folderOutput.ts';
import type { OutputPlace } from './outputSpec.ts';
import { openStdoutOutput } from './stdoutOutput.ts';

/** Takes one result. */
export interface ResultReceiver {
  /** Resolves when all of it is in its place. Nothing is there before. OUTPUT_FAILED, OUTPUT_UNSAFE, DISK_FULL. */
  receive(bytes: AsyncIterable<Uint8Array>): Promise<void>;
  /** Removes what is left of an attempt. */
  close(): Promise<void>;
}

export interface ResultReceivers {
  /** For the `index`th output of the build; undefined when that goes nowhere here. OUTPUT_FAILED at once. */
  open(index: number): Promise<ResultReceiver | undefined>;
}

export interface OutputSurroundings {
  /** A folder of the user's own where results may be put together. */
  readonly staging: string;
  warn(message: string): void;
}

/** @param places by the index of the output */
export function resultReceivers(
  places: readonly (OutputPlace | undefined)[],
  { staging, warn }: OutputSurroundings,
): ResultReceivers {
  return {
    async open(index) {
      const place = places[index];
      if (place === undefined) return undefined;
      switch (place.kind) {
        case 'folder':
          return openFolderOutput(place, staging, warn);
        case 'file':
          return openFileOutput(place.path, staging);
        case 'stdout':
          return openStdoutOutput(process.stdout);
      }
    },
  };
}
