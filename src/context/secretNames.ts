/**
 * Files whose names say that they hold secrets. Only names are looked at: a list to ask the user about, no proof either
 * way. Made by the conventions of the tools that write such files.
 */
import type { Path } from './path.ts';
import { baseName } from './path.ts';

const names = new Set([
  '.env',
  '.envrc',
  '.npmrc',
  '.yarnrc.yml',
  '.netrc',
  '_netrc',
  '.git-credentials',
  '.htpasswd',
  '.pgpass',
  '.pypirc',
  '.dockercfg',
  '.dockerconfigjson',
  '.vault-token',
  'credentials.json',
  'application_default_credentials.json',
  'kubeconfig',
  'terraform.tfstate',
  'terraform.tfstate.backup',
]);

const patterns = [
  // .env.production, but no templates of it.
  /^\.env\.(?!example$|sample$|template$|dist$|defaults$)/,
  /^id_(rsa|dsa|ecdsa|ed25519)(_sk)?$/,
  // Private keys and key stores. Certificates often lie beside them under the same ending, which cannot be told apart.
  /\.(pem|key|p12|pfx|jks|keystore|ppk|kdbx)$/,
  /^service[-_]?account.*\.json$/,
];

/** Bundles of public certificates that libraries bring along. */
const harmless = new Set(['cacert.pem', 'ca-bundle.pem', 'ca-certificates.pem', 'roots.pem']);

/** Where the name alone says too little. */
const places = [/(^|\/)\.aws\/credentials$/, /(^|\/)\.docker\/config\.json$/, /(^|\/)\.kube\/config$/];

/** Whether the file at this path of a context looks like a secret. */
export function looksLikeSecret(path: Path): boolean {
  const lower = path.toLowerCase();
  const name = baseName(lower as Path);
  if (harmless.has(name)) return false;
  return names.has(name) || patterns.some((pattern) => pattern.test(name)) || places.some((place) => place.test(lower));
}
