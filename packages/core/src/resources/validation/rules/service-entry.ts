import { type Findings, quoted, reject, rejectIf, warn } from '../findings';
import type { Subject } from '../subject';
import { checkFqdn, checkPartialWildcard, checkWildcardDomain } from '../syntax/dns-name';
import { validateExportTo } from '../syntax/export-to';
import { checkSubnet } from '../syntax/ip-address';
import { validateLabels } from '../syntax/label';
import { checkPort, checkPortName } from '../syntax/port';
import { checkProtocol, isHttpProtocol, isTcpProtocol, isTlsProtocol } from '../syntax/protocol';
import { selectsEverything, validateSelectorLabels, withoutLabels } from '../syntax/selector';
import { validateDynamicDns } from './dynamic-dns';
import type { ServiceEntryMessage } from './service-entry-message';
import {
  checkEndpointAddress,
  validateEndpointPorts,
  validateWorkloadEntry,
} from './workload-entry';

function validateHosts(findings: Findings, { hosts, resolution }: ServiceEntryMessage): void {
  if (hosts.length === 0) {
    reject(findings, 'missing', 'spec.hosts', 'service entry must have at least one host');
  }
  hosts.forEach((host, at) => {
    const path = `spec.hosts.${at}`;
    if (host === '*') {
      reject(findings, 'host-invalid', path, `invalid host ${host}`);
      return;
    }
    rejectIf(findings, 'host-invalid', path, checkWildcardDomain(host));
    const partial = resolution === 'DYNAMIC_DNS' ? undefined : checkPartialWildcard(host);
    if (partial !== undefined) warn(findings, 'host-invalid', path, partial);
  });
}

function validateAddresses(findings: Findings, entry: ServiceEntryMessage): void {
  entry.addresses.forEach((address, at) => {
    rejectIf(findings, 'address-invalid', `spec.addresses.${at}`, checkSubnet(address));
  });
  const ranges = entry.addresses.some(address => address.includes('/'));
  if (ranges && entry.resolution !== 'NONE' && entry.resolution !== 'STATIC') {
    const message = 'CIDR addresses are allowed only for NONE/STATIC resolution types';
    reject(findings, 'conflict', 'spec.addresses', message);
  }
}

/** `serviceentry.ShouldV2AutoAllocateIPFromConfig` with auto-allocation switched on, as it is by default. */
function allocatesAddresses(subject: Subject, entry: ServiceEntryMessage): boolean {
  const label = subject.labels.get('networking.istio.io/enable-autoallocate-ip');
  if (label !== undefined && label.toLowerCase() === 'false') return false;
  return entry.resolution !== 'NONE' && entry.addresses.length === 0;
}

function validatePort(
  findings: Findings,
  port: ServiceEntryMessage['ports'][number],
  path: string,
): void {
  if (port.targetPort !== 0) {
    rejectIf(findings, 'port-invalid', `${path}.targetPort`, checkPort(port.targetPort));
  }
  rejectIf(findings, 'port-invalid', `${path}.name`, checkPortName(port.name));
  rejectIf(findings, 'protocol-invalid', `${path}.protocol`, checkProtocol(port.protocol));
  rejectIf(findings, 'port-invalid', `${path}.number`, checkPort(port.number));
}

function validatePorts(findings: Findings, subject: Subject, entry: ServiceEntryMessage): void {
  const names = new Set<string>();
  const numbers = new Set<number>();
  const needsAddress = entry.addresses.length === 0 && !allocatesAddresses(subject, entry);
  entry.ports.forEach((port, at) => {
    const path = `spec.ports.${at}`;
    if (names.has(port.name)) {
      const message = `service entry port name ${quoted(port.name)} already defined`;
      reject(findings, 'duplicate', `${path}.name`, message);
    }
    if (numbers.has(port.number)) {
      const message = `service entry port ${port.number} already defined`;
      reject(findings, 'duplicate', `${path}.number`, message);
    }
    names.add(port.name);
    numbers.add(port.number);
    if (needsAddress && (port.protocol === '' || port.protocol === 'TCP')) {
      const message =
        'addresses are required for ports serving TCP (or unset) protocol when IP Autoallocation is not enabled';
      warn(findings, 'missing', path, message);
    }
    validatePort(findings, port, path);
  });
}

function validateDnsHosts(findings: Findings, entry: ServiceEntryMessage, minor: number): void {
  entry.hosts.forEach((host, at) => {
    const wrong = checkFqdn(host);
    if (wrong === undefined) return;
    const prefix =
      minor >= 28
        ? `hosts must be FQDN or contain only prefix wildcards if no endpoints are provided for resolution mode ${entry.resolution}, ${wrong}`
        : `hosts must be FQDN if no endpoints are provided for resolution mode ${entry.resolution}`;
    reject(findings, 'host-invalid', `spec.hosts.${at}`, prefix);
  });
}

function validateDnsEndpoints(
  findings: Findings,
  entry: ServiceEntryMessage,
  servicePorts: ReadonlySet<string>,
): void {
  entry.endpoints.forEach((endpoint, at) => {
    const path = `spec.endpoints.${at}`;
    const wrong = checkEndpointAddress(endpoint.address, true);
    rejectIf(findings, 'address-invalid', `${path}.address`, wrong);
    validateLabels(findings, endpoint.labels, `${path}.labels`);
    validateEndpointPorts(findings, endpoint.ports, { path, servicePorts });
  });
}

function validateDns(findings: Findings, subject: Subject, entry: ServiceEntryMessage): void {
  const { endpoints, hosts, addresses, ports, resolution } = entry;
  if (endpoints.length === 0) validateDnsHosts(findings, entry, subject.minor);
  if (resolution === 'DNS_ROUND_ROBIN' && endpoints.length > 1) {
    const message = 'there must only be 0 or 1 endpoint for resolution mode DNS_ROUND_ROBIN';
    reject(findings, 'conflict', 'spec.endpoints', message);
  }
  validateDnsEndpoints(findings, entry, new Set(ports.map(port => port.name)));
  if (
    addresses.length > 0 &&
    hosts.length > 1 &&
    ports.some(port => isTcpProtocol(port.protocol))
  ) {
    const message =
      'service entry can not have more than one host specified simultaneously with address and tcp port';
    warn(findings, 'conflict', 'spec.hosts', message);
  }
}

function validateResolution(
  findings: Findings,
  subject: Subject,
  entry: ServiceEntryMessage,
): void {
  switch (entry.resolution) {
    case 'NONE':
      if (entry.endpoints.length > 0) {
        const message = 'no endpoints should be provided for resolution type none';
        reject(findings, 'conflict', 'spec.endpoints', message);
      }
      if (entry.workloadSelector !== undefined) {
        const message = 'workloadSelector should not be set when resolution mode is NONE';
        warn(findings, 'conflict', 'spec.workloadSelector', message);
      }
      return;
    case 'STATIC': {
      const servicePorts = new Set(entry.ports.map(port => port.name));
      entry.endpoints.forEach((endpoint, at) => {
        const path = `spec.endpoints.${at}`;
        validateWorkloadEntry(findings, endpoint, { path, servicePorts, allowNames: false });
      });
      return;
    }
    case 'DNS':
    case 'DNS_ROUND_ROBIN':
      validateDns(findings, subject, entry);
      return;
    case 'DYNAMIC_DNS':
      validateDynamicDns(findings, subject, entry);
      return;
    default:
      reject(findings, 'unsupported', 'spec.resolution', 'unsupported resolution type ');
  }
}

/** Hosts on a plain TCP port cannot be told apart, unless the connection goes where it was sent anyway. */
function validateSharedPorts(findings: Findings, entry: ServiceEntryMessage): void {
  if (entry.resolution === 'NONE' || entry.hosts.length < 2) return;
  const at = entry.ports.findIndex(
    ({ protocol }) => !isHttpProtocol(protocol) && !isTlsProtocol(protocol),
  );
  if (at < 0) return;
  const message = 'multiple hosts provided with non-HTTP, non-TLS ports';
  reject(findings, 'conflict', `spec.ports.${at}`, message);
}

/** `ValidateServiceEntry`. */
export function validateServiceEntry(
  findings: Findings,
  subject: Subject,
  entry: ServiceEntryMessage,
): void {
  const selector = entry.workloadSelector;
  if (selector !== undefined) {
    validateSelectorLabels(findings, selector.labels, 'spec.workloadSelector.labels');
    if (findings.errors.length > 0) return;
    if (selectsEverything(selector.labels)) {
      const message = `service entry: ${withoutLabels}, will be applied to all services in namespace`;
      warn(findings, 'selector-invalid', 'spec.workloadSelector', message);
    }
    if (entry.endpoints.length > 0) {
      const message = 'only one of WorkloadSelector or Endpoints is allowed in Service Entry';
      reject(findings, 'conflict', 'spec.endpoints', message);
    }
  }
  validateHosts(findings, entry);
  validateAddresses(findings, entry);
  validatePorts(findings, subject, entry);
  validateResolution(findings, subject, entry);
  validateSharedPorts(findings, entry);
  const { namespace } = subject;
  const exported = { namespace, entries: entry.exportTo, mayHide: true };
  validateExportTo(findings, exported, 'spec.exportTo');
}
