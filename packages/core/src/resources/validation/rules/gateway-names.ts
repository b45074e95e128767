import { type Findings, quoted, reject, rejectIf, warn } from '../findings';
import { checkFqdn, isDnsLabel } from '../syntax/dns-name';

/** `name.namespace`, the old form. */
function warnOfLegacyName(findings: Findings, name: string, path: string): void {
  const [gateway, namespace] = name.split('.');
  if (namespace === undefined) return;
  const message = `using legacy gatewayName format ${quoted(name)}; prefer the <namespace>/<name> format: ${quoted(`${namespace}/${gateway}`)}`;
  warn(findings, 'deprecated', path, message);
}

/** `validateGatewayNames`: `namespace/name`; a name without slash ends the check, as in Istio. */
export function validateGatewayNames(
  findings: Findings,
  names: readonly string[],
  path: string,
): void {
  for (const [at, name] of names.entries()) {
    const place = `${path}.${at}`;
    const slash = name.indexOf('/');
    if (slash < 0) {
      warnOfLegacyName(findings, name, place);
      rejectIf(findings, 'name-invalid', place, checkFqdn(name));
      return;
    }
    const namespace = name.slice(0, slash);
    const gateway = name.slice(slash + 1);
    const refuse = (message: string) => reject(findings, 'name-invalid', place, message);
    if (namespace === '' || gateway === '') {
      refuse('config namespace and gateway name cannot be empty');
    }
    if (!isDnsLabel(namespace)) refuse(`invalid value for namespace: ${quoted(namespace)}`);
    if (!isDnsLabel(gateway)) refuse(`invalid value for gateway name: ${quoted(gateway)}`);
  }
}
