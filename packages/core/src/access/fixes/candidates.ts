import { findWorkload, type Mesh, type MeshChange } from '../../mesh';
import { parseIp } from '../../net';
import type { ServiceEntry } from '../../resources';
import type { ReasonCode, Trace } from '../../simulation';

/** Something that may make a call succeed, before it is tried. */
export interface FixCandidate {
  readonly title: string;
  readonly changes: readonly MeshChange[];
  /** New or changed manifests, as plain values. */
  readonly manifests: readonly Readonly<Record<string, unknown>>[];
}

const source = { file: 'suggested', document: 0, line: 1 } as const;

const protocols = {
  http: 'HTTP',
  http2: 'HTTP2',
  https: 'TLS',
  tls: 'TLS',
  tcp: 'TCP',
  udp: 'UDP',
} as const;

const slug = (host: string) =>
  host
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');

function apply(title: string, manifest: Readonly<Record<string, unknown>>): FixCandidate {
  return {
    title,
    manifests: [manifest],
    changes: [{ kind: 'apply', resource: { value: manifest, source } }],
  };
}

function namespaceOf({ call }: Trace): string {
  return 'outside' in call.from ? 'default' : call.from.namespace;
}

/** A ServiceEntry for exactly this host, port and protocol, visible in the caller's namespace only. */
function newEntry(trace: Trace): FixCandidate {
  const { call } = trace;
  const protocol = protocols[call.protocol];
  const ip = parseIp(call.to);
  const name = call.protocol === 'http' ? (call.host ?? call.to) : call.to;
  const host = parseIp(name) === undefined ? name : `${slug(name)}.external`;
  const dialled = ip ?? trace.symptom.dns?.addresses[0];
  const fixed = ip !== undefined || (protocol === 'TCP' && call.address !== undefined);
  const manifest = {
    apiVersion: 'networking.istio.io/v1',
    kind: 'ServiceEntry',
    metadata: { name: slug(host), namespace: namespaceOf(trace) },
    spec: {
      hosts: [host],
      ...(fixed &&
        dialled !== undefined && { addresses: [dialled], endpoints: [{ address: dialled }] }),
      exportTo: ['.'],
      location: 'MESH_EXTERNAL',
      ports: [{ number: call.port, name: `${protocol.toLowerCase()}-${call.port}`, protocol }],
      resolution: fixed ? 'STATIC' : 'DNS',
    },
  };
  return apply(`register \`${host}:${call.port}\` with a ServiceEntry`, manifest);
}

function entriesOf(mesh: Mesh, host: string): readonly ServiceEntry[] {
  const lower = host.toLowerCase();
  return mesh.resources.serviceEntries.filter(({ spec }) =>
    spec.hosts.some(item => item.toLowerCase() === lower),
  );
}

function changedEntry(
  entry: ServiceEntry,
  title: string,
  spec: Readonly<Record<string, unknown>>,
): FixCandidate {
  const { name, namespace } = entry.metadata;
  return apply(title, {
    apiVersion: entry.apiVersion,
    kind: 'ServiceEntry',
    metadata: { name, ...(namespace !== undefined && { namespace }) },
    spec: { ...entry.spec, ...spec },
  });
}

/** The port of an entry declared with another protocol. */
function withProtocol(mesh: Mesh, trace: Trace, protocol: string): readonly FixCandidate[] {
  const { call } = trace;
  return entriesOf(mesh, call.to).flatMap(entry =>
    entry.spec.ports.some(({ number }) => number === call.port)
      ? [
          changedEntry(entry, `declare port ${call.port} of \`${call.to}\` as ${protocol}`, {
            ports: entry.spec.ports.map(port =>
              port.number === call.port
                ? { ...port, protocol, name: `${protocol.toLowerCase()}-${call.port}` }
                : port,
            ),
          }),
        ]
      : [],
  );
}

/** An entry that exists and is not exported to the caller. */
function exported(mesh: Mesh, trace: Trace): readonly FixCandidate[] {
  const namespace = namespaceOf(trace);
  return entriesOf(mesh, trace.call.to).flatMap(entry => {
    const exportTo = entry.spec.exportTo ?? [];
    if (exportTo.length === 0 || exportTo.includes('*') || exportTo.includes(namespace)) return [];
    const title = `export the ServiceEntry \`${entry.metadata.namespace ?? ''}/${entry.metadata.name}\` to \`${namespace}\``;
    return [changedEntry(entry, title, { exportTo: [...exportTo, namespace] })];
  });
}

/** TLS origination for a port that wants TLS and gets plain HTTP. */
function originate(trace: Trace): FixCandidate {
  const { call } = trace;
  return apply(`originate TLS for \`${call.to}\``, {
    apiVersion: 'networking.istio.io/v1',
    kind: 'DestinationRule',
    metadata: { name: `${slug(call.to)}-tls`, namespace: namespaceOf(trace) },
    spec: {
      host: call.to,
      trafficPolicy: {
        portLevelSettings: [{ port: { number: call.port }, tls: { mode: 'SIMPLE', sni: call.to } }],
      },
    },
  });
}

/** DNS capture for the pods of the caller. */
function captureDns(mesh: Mesh, trace: Trace): readonly FixCandidate[] {
  const { from } = trace.call;
  const workload = 'outside' in from ? undefined : findWorkload(mesh, from);
  if (workload === undefined) return [];
  const annotation = 'proxy.istio.io/config';
  const value = 'proxyMetadata:\n  ISTIO_META_DNS_CAPTURE: "true"\n';
  return [
    {
      title: 'let the agent of this workload answer DNS',
      manifests: [],
      changes: [{ kind: 'annotate', workload: workload.ref, annotation, value }],
    },
  ];
}

const registry: readonly ReasonCode[] = [
  'registry-only-no-listener',
  'registry-only-no-filter-chain',
  'registry-only-no-virtual-host',
];

/** What may help, by the reasons of the trace; the smallest change first. */
export function fixCandidates(mesh: Mesh, trace: Trace): readonly FixCandidate[] {
  const has = (...codes: readonly ReasonCode[]) => codes.some(item => trace.reasons.includes(item));
  const { call } = trace;
  return [
    ...(has(...registry)
      ? [
          ...exported(mesh, trace),
          ...withProtocol(mesh, trace, protocols[call.protocol]),
          newEntry(trace),
        ]
      : []),
    ...(has('sniffing-waits', 'tcp-on-http-port') ? withProtocol(mesh, trace, 'TCP') : []),
    ...(has('sniffing-waits') && entriesOf(mesh, call.to).length === 0 ? [newEntry(trace)] : []),
    ...(has('tls-on-http-port') ? withProtocol(mesh, trace, 'TLS') : []),
    ...(trace.symptom.code === 'http:400' && call.protocol === 'http' ? [originate(trace)] : []),
    ...(has('name-not-resolved') ? captureDns(mesh, trace) : []),
  ];
}
