import { parseCidr, parseIp } from '../../net';
import type { Resolution, ServiceEntry } from '../../resources';
import { type ExportTo, exportToOf } from './export-to';
import { originOf } from './kubernetes-service';
import { parseProtocol } from './protocol';
import {
  type MeshService,
  type MeshServicePort,
  type ServiceResolution,
  unspecifiedAddress,
} from './service';

const resolutions: Readonly<Record<Resolution, ServiceResolution>> = {
  NONE: 'Passthrough',
  STATIC: 'ClientSideLB',
  DNS: 'DNSLB',
  DNS_ROUND_ROBIN: 'DNSRoundRobinLB',
  DYNAMIC_DNS: 'DynamicDNS',
};

/** An IP, or a range; a range of one address is that address; anything else is no address. */
function readAddress(text: string): string | undefined {
  const slash = text.indexOf('/');
  const ip = parseIp(text.includes('%') ? text.slice(0, text.indexOf('%')) : text);
  if (slash < 0) return ip === undefined ? undefined : text;
  const cidr = parseCidr(text);
  if (cidr === undefined) return undefined;
  return cidr.length === (cidr.family === 4 ? 32 : 128) ? cidr.address : text;
}

function portsOf(entry: ServiceEntry): readonly MeshServicePort[] {
  return entry.spec.ports.map((port, index) => ({
    name: port.name,
    port: port.number,
    protocol: parseProtocol(port.protocol),
    ...(port.targetPort === undefined || port.targetPort === 0
      ? {}
      : { targetPort: port.targetPort }),
    origin: originOf(entry, `spec.ports.${index}`),
  }));
}

export interface EntryContext {
  readonly exportTo: (given: ExportTo, namespace: string) => ExportTo;
  /** Auto-allocated addresses of a host of the entry. */
  readonly allocated: (entry: ServiceEntry, host: string) => MeshService['autoAllocated'];
}

/**
 * The services of a ServiceEntry: one for each host and address, all with all ports
 * (`pilot/pkg/serviceregistry/serviceentry/conversion.go:convertServices`).
 */
export function convertServiceEntry(
  entry: ServiceEntry,
  context: EntryContext,
): readonly MeshService[] {
  const { metadata, spec } = entry;
  const namespace = metadata.namespace ?? '';
  const addresses =
    spec.addresses.length === 0
      ? [unspecifiedAddress]
      : spec.addresses.flatMap(text => readAddress(text) ?? []);
  const common = {
    namespace,
    registry: 'external' as const,
    ...(metadata.creationTimestamp === undefined
      ? {}
      : { creationTimestamp: metadata.creationTimestamp }),
    ports: portsOf(entry),
    resolution: resolutions[spec.resolution],
    meshExternal: spec.location === 'MESH_EXTERNAL',
    clusterVips: [],
    exportTo: context.exportTo(exportToOf(entry), namespace),
    declaredExportTo: exportToOf(entry),
    labels: metadata.labels,
    ...(spec.workloadSelector === undefined ? {} : { selector: spec.workloadSelector.labels }),
    subjectAltNames: spec.subjectAltNames,
    aliases: [],
    publishNotReadyAddresses: false,
    annotations: metadata.annotations,
  };
  return spec.hosts.flatMap((hostname, index) =>
    addresses.map(defaultAddress => ({
      ...common,
      hostname,
      name: hostname,
      defaultAddress,
      autoAllocated: context.allocated(entry, hostname),
      origin: originOf(entry, `spec.hosts.${index}`),
    })),
  );
}
