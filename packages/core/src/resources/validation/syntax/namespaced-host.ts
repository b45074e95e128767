import { type Findings, quoted, reject, rejectIf } from '../findings';
import { checkPartialWildcard, checkWildcardDomain, isDnsLabel } from './dns-name';
import { isIpAddress } from './ip-address';

/** The host after the slash: no short name, no partial wildcard; a gateway takes an IP address too. */
function validateHostPart(findings: Findings, host: string, place: Place): void {
  const { path, gateway } = place;
  if (host !== '*' && !host.includes('.')) {
    reject(findings, 'host-invalid', path, 'short names (non FQDN) are not allowed');
  }
  const wrong = checkWildcardDomain(host);
  const address = gateway && isIpAddress(host);
  if (wrong !== undefined && !address) reject(findings, 'host-invalid', path, wrong);
  rejectIf(findings, 'host-invalid', path, checkPartialWildcard(host));
}

interface Place {
  readonly path: string;
  readonly gateway: boolean;
  /** A Sidecar may exclude hosts with `~` in front (Istio 1.31). */
  readonly exclusions: boolean;
}

function checkNamespace(namespace: string, place: Place): string | undefined {
  const name =
    place.exclusions && namespace.startsWith('~') && namespace.length > 1
      ? namespace.slice(1)
      : namespace;
  const special = place.gateway ? ['*', '.'] : ['*', '.', '~'];
  if (special.includes(name) || isDnsLabel(name)) return undefined;
  if (name === '' && place.exclusions) return undefined;
  return `invalid namespace value ${quoted(namespace)} in ${place.gateway ? 'gateway' : 'sidecar'}`;
}

/** `ValidateNamespaceSlashWildcardHostname`: `namespace/host` of a Sidecar's egress or of a Gateway's server. */
export function validateNamespacedHost(findings: Findings, text: string, place: Place): void {
  const slash = text.indexOf('/');
  if (slash < 0) {
    if (place.gateway) validateHostPart(findings, text, place);
    else {
      reject(findings, 'host-invalid', place.path, 'host must be of form namespace/dnsName');
    }
    return;
  }
  const namespace = text.slice(0, slash);
  const host = text.slice(slash + 1);
  if (namespace === '' || host === '') {
    const message = 'config namespace and dnsName in host entry cannot be empty';
    reject(findings, 'host-invalid', place.path, message);
  }
  rejectIf(findings, 'host-invalid', place.path, checkNamespace(namespace, place));
  validateHostPart(findings, host, place);
}
