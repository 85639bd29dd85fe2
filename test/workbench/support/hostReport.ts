/** How a mocha test ended that ran in the extension host. */
export interface HostTestResult {
  readonly title: string;
  /** What mocha says; undefined for a test that passed. */
  readonly failure?: string;
}

/** The name of the file, beside the bundle of the tests, that holds their results. */
export const hostReport = 'host-report.json';
