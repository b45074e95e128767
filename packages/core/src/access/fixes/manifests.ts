import type { DestinationRule, Metadata, Service, ServiceEntry, Sidecar } from '../../resources';
import type { Manifest } from './fix-candidate';

function metadataOf({ name, namespace, labels, annotations }: Metadata): Manifest {
  return {
    name,
    ...(namespace !== undefined && { namespace }),
    ...(Object.keys(labels).length > 0 && { labels }),
    ...(Object.keys(annotations).length > 0 && { annotations }),
  };
}

/** A ServiceEntry as its author would write it. */
export function entryManifest(entry: ServiceEntry, changed: Manifest): Manifest {
  const { allocated: _, ...spec } = entry.spec;
  return {
    apiVersion: entry.apiVersion,
    kind: 'ServiceEntry',
    metadata: metadataOf(entry.metadata),
    spec: { ...spec, ...changed },
  };
}

/** A Sidecar with other egress listeners. */
export function sidecarManifest(sidecar: Sidecar, egress: Sidecar['spec']['egress']): Manifest {
  const { outboundTrafficPolicy: policy, ...spec } = sidecar.spec;
  return {
    apiVersion: sidecar.apiVersion,
    kind: 'Sidecar',
    metadata: metadataOf(sidecar.metadata),
    spec: {
      ...spec,
      egress,
      ...(policy !== undefined && {
        outboundTrafficPolicy: {
          mode: policy.mode,
          ...(policy.egressProxy !== undefined && { egressProxy: destination(policy.egressProxy) }),
        },
      }),
    },
  };
}

function destination({ host, port, subset }: { host: string; port?: number; subset?: string }) {
  return {
    host,
    ...(subset !== undefined && { subset }),
    ...(port !== undefined && { port: { number: port } }),
  };
}

/** A Service as far as answers depend on it, with other ports. */
export function serviceManifest(service: Service, ports: Service['spec']['ports']): Manifest {
  const { loadBalancerIngress: _, ...spec } = service.spec;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadataOf(service.metadata),
    spec: { ...spec, ports },
  };
}

/** True when a DestinationRule holds TLS settings and subsets only, so that it can be written again without loss. */
export function isRewritable({ spec }: DestinationRule): boolean {
  const { trafficPolicy, subsets } = spec;
  const parts = [trafficPolicy, ...(trafficPolicy?.portLevelSettings ?? [])];
  return (
    subsets.every(subset => subset.trafficPolicy === undefined) &&
    parts.every(
      part =>
        part === undefined ||
        (part.connectionPool === undefined &&
          part.loadBalancer === undefined &&
          part.outlierDetection === undefined &&
          part.proxyProtocol === undefined),
    ) &&
    trafficPolicy?.tunnel === undefined
  );
}

/** A DestinationRule with other TLS settings for one port. */
export function ruleManifest(rule: DestinationRule, port: number, tls: Manifest): Manifest {
  const { trafficPolicy, subsets, exportTo, host, workloadSelector } = rule.spec;
  const others = (trafficPolicy?.portLevelSettings ?? []).filter(item => item.port !== port);
  return {
    apiVersion: rule.apiVersion,
    kind: 'DestinationRule',
    metadata: metadataOf(rule.metadata),
    spec: {
      host,
      ...(exportTo !== undefined && { exportTo }),
      ...(workloadSelector !== undefined && {
        workloadSelector: { matchLabels: workloadSelector.labels },
      }),
      ...(subsets.length > 0 && { subsets }),
      trafficPolicy: {
        ...(trafficPolicy?.tls !== undefined && { tls: trafficPolicy.tls }),
        portLevelSettings: [
          ...others.map(item => ({
            port: { number: item.port },
            ...(item.tls !== undefined && { tls: item.tls }),
          })),
          { port: { number: port }, tls },
        ],
      },
    },
  };
}
