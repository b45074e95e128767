import type { ServerCertificate } from '../wire/exchange';
import type { Verification } from '../wire/payload';
import type { World, WorldCertificate } from '../world';

const trusted: WorldCertificate = { host: '*', issuer: 'public' };

function patternCovers(pattern: string, name: string): boolean {
  const star = pattern.indexOf('*');
  if (star < 0) return pattern === name;
  const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)];
  return (
    name.length >= before.length + after.length && name.startsWith(before) && name.endsWith(after)
  );
}

/** The certificate that a server of the world shows for a server name (or, without one, for its address). */
export function certificateFor(world: World | undefined, name: string): ServerCertificate {
  const certificate =
    world?.certificates?.find(({ host }) => patternCovers(host, name.toLowerCase())) ?? trusted;
  return { kind: 'public', certificate, names: certificate.names ?? [name.toLowerCase()] };
}

/** Why the client does not accept the certificate, in OpenSSL's words; `undefined` when it does. */
export type CertificateError =
  | 'certificate has expired'
  | 'self-signed certificate'
  | 'unable to get local issuer certificate'
  | 'Hostname mismatch';

function nameCovered(names: readonly string[], wanted: string): boolean {
  const lower = wanted.toLowerCase();
  return names.some(name => {
    if (!name.startsWith('*.')) return name === lower;
    const dot = lower.indexOf('.');
    return dot > 0 && lower.slice(dot) === name.slice(1);
  });
}

/**
 * Order of OpenSSL's and BoringSSL's chain verification: issuer, validity, and last the name
 * (X509_verify_cert: chain, then check_chain_extensions and times, host check by the caller's parameters).
 */
export function certificateError(
  shown: ServerCertificate,
  verify: Verification,
): CertificateError | undefined {
  if (verify.kind === 'none') return undefined;
  if (shown.kind === 'workload') {
    return verify.kind === 'mesh' ? undefined : 'unable to get local issuer certificate';
  }
  const { issuer, expired } = shown.certificate;
  if (issuer === 'self') return 'self-signed certificate';
  if (verify.kind === 'mesh' || (verify.issuers !== 'any' && !verify.issuers.includes(issuer))) {
    return 'unable to get local issuer certificate';
  }
  if (expired === true) return 'certificate has expired';
  const named =
    verify.names.length === 0 || verify.names.some(name => nameCovered(shown.names, name));
  return named ? undefined : 'Hostname mismatch';
}
