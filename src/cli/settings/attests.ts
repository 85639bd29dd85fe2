/** `--attest`, `--provenance` and `--sbom`: what is put beside an image about how it was made. */
import { badField, parseFieldMap } from '../../context/fieldList.ts';

export interface AttestFlags {
  readonly attest?: readonly string[];
  readonly provenance?: string;
  readonly sbom?: string;
}

const types = ['provenance', 'sbom'];

/** The parameters of each type, as the frontend takes them. A later flag takes the place of an earlier one. USAGE. */
export function parseAttests({ attest = [], provenance, sbom }: AttestFlags): ReadonlyMap<string, string> {
  const attests = new Map<string, string>();
  for (const flag of attest) {
    const fields = parseFieldMap(flag, 'attest');
    const type = fields.get('type') ?? '';
    if (!types.includes(type))
      throw badField('attest', flag, `there is no type "${type}"`, 'There are sbom, provenance.');
    fields.delete('type');
    const parameters = [...fields].map(([key, value]) => `${key}=${value}`);
    put(attests, type, parameters.join(','));
  }
  for (const [type, value] of [
    ['provenance', provenance],
    ['sbom', sbom],
  ] as const) {
    if (value !== undefined) put(attests, type, shorthand(value));
  }
  return attests;
}

/** What is turned off is not asked for: an engine that does not know attestations need not hear of it. */
function put(attests: Map<string, string>, type: string, parameters: string): void {
  if (parameters.split(',').includes('disabled=true')) attests.delete(type);
  else attests.set(type, parameters);
}

/** `true`, `false` or parameters. */
function shorthand(value: string): string {
  if (value === 'true') return '';
  return value === 'false' ? 'disabled=true' : value;
}
