/** Set by esbuild from package.json. */
declare const PRESYNC_VERSION: string;

export const programVersion = typeof PRESYNC_VERSION === 'undefined' ? '0.0.0' : PRESYNC_VERSION;
