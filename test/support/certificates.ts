import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A CA of the tests' own, in a folder of theirs: `ca.pem` is its certificate. */
export class CertificateAuthority {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    this.#openssl('req', '-x509', ...newKey('ca.key'), '-out', 'ca.pem', '-subj', '/CN=ca');
  }

  get certificate(): string {
    return join(this.#folder, 'ca.pem');
  }

  /** A certificate and its key for `names`, such as 'IP:127.0.0.1', valid for so many days from now, or so many ago. */
  issue(name: string, names: string, days = 2): { cert: string; key: string } {
    writeFileSync(join(this.#folder, 'ext'), `subjectAltName=${names}\nextendedKeyUsage=serverAuth`);
    this.#openssl('req', ...newKey(`${name}.key`), '-out', 'csr', '-subj', `/CN=${name}`);
    const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'ext'];
    this.#openssl('x509', '-req', '-in', 'csr', '-out', `${name}.crt`, ...signed, '-days', String(days));
    return { cert: join(this.#folder, `${name}.crt`), key: join(this.#folder, `${name}.key`) };
  }

  #openssl(...args: string[]): void {
    execFileSync('openssl', args, { cwd: this.#folder, stdio: 'pipe' });
  }
}

function newKey(file: string): string[] {
  return ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', file];
}
