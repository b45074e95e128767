import type { ValueOf } from '../../schema';
import type { workloadEntrySchema } from '../../schema/kinds/workload-entry';
import { type Findings, quoted, reject, rejectIf, warn } from '../findings';
import type { Subject } from '../subject';
import { checkFqdn } from '../syntax/dns-name';
import { isIpAddress } from '../syntax/ip-address';
import { validateLabels } from '../syntax/label';
import { checkPort, checkPortName } from '../syntax/port';
import { checkUnixSocket, isUnixSocket } from '../syntax/unix-socket';

type WorkloadEntryMessage = ValueOf<typeof workloadEntrySchema>;

interface EndpointPlace {
  readonly path: string;
  /** Names of the service's ports; `undefined` for a WorkloadEntry, which knows no service. */
  readonly servicePorts?: ReadonlySet<string>;
  readonly allowNames: boolean;
}

/** The ports of an endpoint: names that the service declares, numbers in range. */
export function validateEndpointPorts(
  findings: Findings,
  ports: ReadonlyMap<string, number> | undefined,
  { path, servicePorts }: Pick<EndpointPlace, 'path' | 'servicePorts'>,
): void {
  for (const [name, port] of ports ?? []) {
    const at = `${path}.ports.${name}`;
    if (servicePorts !== undefined && !servicePorts.has(name)) {
      const message = `endpoint port ${port} is not defined by the service entry`;
      reject(findings, 'port-invalid', at, message);
    }
    rejectIf(findings, 'port-invalid', at, checkPortName(name));
    rejectIf(findings, 'port-invalid', at, checkPort(port));
  }
}

/** An address that is an IP or a DNS name. */
export function checkEndpointAddress(address: string, allowNames: boolean): string | undefined {
  if (isIpAddress(address)) return undefined;
  if (!allowNames) return `endpoint address ${quoted(address)} is not a valid IP address`;
  return checkFqdn(address) === undefined
    ? undefined
    : `endpoint address ${quoted(address)} is not a valid FQDN or an IP address`;
}

function validateSocket(findings: Findings, entry: WorkloadEntryMessage, path: string): void {
  rejectIf(findings, 'address-invalid', `${path}.address`, checkUnixSocket(entry.address));
  if ((entry.ports?.size ?? 0) > 0) {
    const message = `unix endpoint ${entry.address} must not include ports`;
    reject(findings, 'conflict', `${path}.ports`, message);
  }
}

/** `validateWorkloadEntry`: an endpoint of a ServiceEntry, or a WorkloadEntry by itself. */
export function validateWorkloadEntry(
  findings: Findings,
  entry: WorkloadEntryMessage,
  place: EndpointPlace,
): void {
  const { path, servicePorts, allowNames } = place;
  const { address, network } = entry;
  if (address === '') {
    if (network === '') {
      reject(findings, 'missing', `${path}.address`, 'address is required');
      return;
    }
    const message = `address is unset with network ${quoted(network)}`;
    warn(findings, 'missing', `${path}.address`, message);
  }
  const socket = isUnixSocket(address);
  if (socket) validateSocket(findings, entry, path);
  else if (address !== '') {
    const wrong = checkEndpointAddress(address, allowNames);
    rejectIf(findings, 'address-invalid', `${path}.address`, wrong);
  }
  validateEndpointPorts(findings, entry.ports, place);
  validateLabels(findings, entry.labels, `${path}.labels`);
  if (socket && servicePorts !== undefined && servicePorts.size !== 1) {
    const message = 'exactly 1 service port required for unix endpoints';
    reject(findings, 'conflict', `${path}.address`, message);
  }
}

/** `ValidateWorkloadEntry`. */
export function validateWorkloadEntryObject(
  findings: Findings,
  _subject: Subject,
  entry: WorkloadEntryMessage,
): void {
  validateWorkloadEntry(findings, entry, { path: 'spec', allowNames: true });
}
