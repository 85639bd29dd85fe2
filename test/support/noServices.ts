import type { ClientServices } from '../../src/client/services/clientServices.ts';

/** Of a client that answers for nothing. */
export const noServices: ClientServices = {
  variables: [],
  secrets: undefined,
  agents: undefined,
  registries: undefined,
  outputs: undefined,
  archive: undefined,
};
