import { describe, expect, test } from 'vitest';
import type { Path } from '../../../src/context/path.ts';
import { looksLikeSecret } from '../../../src/context/secretNames.ts';

const secrets = [
  '.env',
  'app/.env',
  '.env.local',
  '.env.production',
  '.env.example.local',
  '.envrc',
  '.npmrc',
  'packages/a/.npmrc',
  '.netrc',
  '.git-credentials',
  '.htpasswd',
  '.pypirc',
  'id_rsa',
  'keys/id_ed25519',
  'id_ed25519_sk',
  'server.key',
  'certs/server.pem',
  'SERVER.PEM',
  'store.p12',
  'store.pfx',
  'store.jks',
  'passwords.kdbx',
  'credentials.json',
  'service-account.json',
  'service-account-prod.json',
  'serviceAccountKey.json',
  '.aws/credentials',
  'home/.aws/credentials',
  '.docker/config.json',
  '.kube/config',
  'kubeconfig',
  'terraform.tfstate',
  'terraform.tfstate.backup',
  'test/fixtures/private.key',
];

const others = [
  '.env.example',
  '.env.sample',
  '.env.template',
  'docs/.env.example',
  'environment',
  'src/env.ts',
  'my.env.ts',
  'id_rsa.pub',
  'id_ed25519.pub',
  'src/id_rsa/index.ts',
  'server.pub',
  'keyboard.ts',
  'monkey',
  'translations/key',
  'certifi/cacert.pem',
  'credentials',
  'aws/credentials',
  'config.json',
  'docker/config.json',
  '.aws/config',
  'src/service-account.ts',
  'main.tf',
  'package.json',
  'Dockerfile',
];

describe('a file looks like a secret', () => {
  test.each(secrets)('%s', (path) => expect(looksLikeSecret(path as Path)).toBe(true));
});

describe('a file looks like no secret', () => {
  test.each(others)('%s', (path) => expect(looksLikeSecret(path as Path)).toBe(false));
});
