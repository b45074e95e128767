import type { Origin } from '../../origin';
import { refOf, type Service } from '../../resources';
import { annotatedExportTo, type ExportTo } from './export-to';
import { servicePortProtocol } from './protocol';
import {
  type MeshService,
  type MeshServicePort,
  type ServiceResolution,
  unspecifiedAddress,
} from './service';

export interface ConvertContext {
  readonly clusterDomain: string;
  /** `exportTo` in force for an object that has this one. */
  readonly exportTo: (given: ExportTo, namespace: string) => ExportTo;
  /** Cluster IP of a Service whose manifest gives none. */
  readonly assumedAddress: (service: Service) => string | undefined;
}

export function serviceHostname(name: string, namespace: string, clusterDomain: string): string {
  return `${name}.${namespace}.svc.${clusterDomain}`;
}

export const isExternalName = (service: Service): boolean =>
  service.spec.type === 'ExternalName' && (service.spec.externalName ?? '') !== '';

/** True when the API server would have given the Service an address that its manifest does not show. */
export function lacksClusterIp(service: Service): boolean {
  return (service.spec.clusterIP ?? '') === '' && service.spec.type !== 'ExternalName';
}

function resolutionOf(service: Service): ServiceResolution {
  if (service.spec.clusterIP === 'None') return 'Passthrough';
  return isExternalName(service) ? 'Alias' : 'ClientSideLB';
}

function addressesOf(service: Service, context: ConvertContext): readonly string[] {
  const { clusterIP = '', clusterIPs = [] } = service.spec;
  if (clusterIP === 'None') return [unspecifiedAddress];
  if (clusterIP !== '') return clusterIPs.length > 1 ? clusterIPs : [clusterIP];
  return [context.assumedAddress(service) ?? unspecifiedAddress];
}

function portsOf(service: Service): readonly MeshServicePort[] {
  return service.spec.ports.map((port, index) => ({
    name: port.name ?? '',
    port: port.port,
    protocol: servicePortProtocol(port),
    origin: originOf(service, `spec.ports.${index}`),
  }));
}

export function originOf(
  resource: Parameters<typeof refOf>[0] & { readonly source: Service['source'] },
  path: string,
): Origin {
  return { kind: 'object', object: refOf(resource), path, source: resource.source };
}

/** A Kubernetes Service as the registry holds it (`pilot/pkg/serviceregistry/kube/conversion.go:ConvertService`). */
export function convertService(service: Service, context: ConvertContext): MeshService {
  const { metadata, spec } = service;
  const namespace = metadata.namespace ?? '';
  const addresses = addressesOf(service, context);
  return {
    hostname: serviceHostname(metadata.name, namespace, context.clusterDomain),
    namespace,
    name: metadata.name,
    registry: 'kubernetes',
    ...(metadata.creationTimestamp === undefined
      ? {}
      : { creationTimestamp: metadata.creationTimestamp }),
    ports: portsOf(service),
    resolution: resolutionOf(service),
    meshExternal: isExternalName(service),
    defaultAddress: addresses[0] ?? unspecifiedAddress,
    clusterVips: addresses,
    autoAllocated: {},
    exportTo: context.exportTo(annotatedExportTo(service), namespace),
    declaredExportTo: annotatedExportTo(service),
    labels: metadata.labels,
    ...(spec.selector === undefined ? {} : { selector: spec.selector }),
    subjectAltNames: [],
    ...(isExternalName(service) ? { externalName: spec.externalName } : {}),
    aliases: [],
    publishNotReadyAddresses: spec.publishNotReadyAddresses ?? false,
    ...(spec.trafficDistribution === undefined
      ? {}
      : { trafficDistribution: spec.trafficDistribution }),
    annotations: metadata.annotations,
    origin: originOf(service, ''),
  };
}
