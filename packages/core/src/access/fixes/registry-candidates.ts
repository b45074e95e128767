import { findWorkload, type Mesh, proxiesOf, sidecarScopeOf } from '../../mesh';
import { parseIp } from '../../net';
import { formatObjectRef, type Origin } from '../../origin';
import { refOf, type ServiceEntry } from '../../resources';
import type { Trace } from '../../simulation';
import { applying, callerNamespace, type FixCandidate, slug } from './fix-candidate';
import { entryManifest, sidecarManifest } from './manifests';

export const protocols = {
  http: 'HTTP',
  http2: 'HTTP2',
  https: 'TLS',
  tls: 'TLS',
  tcp: 'TCP',
  udp: 'UDP',
} as const;

type Near = NonNullable<Trace['near']>[number];

/** The ServiceEntry that an origin points to. */
function entryAt(mesh: Mesh, origin: Origin): ServiceEntry | undefined {
  if (origin.kind !== 'object') return undefined;
  const name = formatObjectRef(origin.object);
  return mesh.resources.serviceEntries.find(entry => formatObjectRef(refOf(entry)) === name);
}

/** The name that the registry would have to know: server name, Host, or the name dialled. */
function wantedHost({ call }: Trace): string {
  const plain = call.protocol === 'http' || call.protocol === 'http2';
  const name = plain ? (call.host ?? call.to) : (call.sni ?? call.to);
  const bare = name.replace(/:\d+$/, '');
  return bare === '' ? call.to : bare;
}

/** A ServiceEntry for exactly this host, port and protocol, visible in the caller's namespace only. */
export function newEntry(trace: Trace): readonly FixCandidate[] {
  const { call } = trace;
  const protocol = protocols[call.protocol];
  if (protocol === 'UDP') return [];
  const ip = parseIp(call.to);
  const name = wantedHost(trace);
  const host = parseIp(name) === undefined ? name : `${slug(name)}.external`;
  const dialled = ip ?? call.address ?? trace.symptom.dns?.addresses[0];
  const fixed = ip !== undefined || (protocol === 'TCP' && call.address !== undefined);
  const manifest = {
    apiVersion: 'networking.istio.io/v1',
    kind: 'ServiceEntry',
    metadata: { name: slug(host), namespace: callerNamespace(trace) },
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
  const title = `register \`${host}:${call.port}\` with a ServiceEntry`;
  return [applying('register', title, manifest)];
}

function exporting(mesh: Mesh, trace: Trace, near: Near): readonly FixCandidate[] {
  const entry = entryAt(mesh, near.origin);
  if (entry === undefined) return [];
  const namespace = callerNamespace(trace);
  const shown = (entry.spec.exportTo ?? []).filter(item => item !== '~');
  const title = `export the ServiceEntry \`${near.namespace}/${entry.metadata.name}\` to \`${namespace}\``;
  return [applying('export', title, entryManifest(entry, { exportTo: [...shown, namespace] }))];
}

function importing(mesh: Mesh, trace: Trace, near: Near): readonly FixCandidate[] {
  const { from } = trace.call;
  const workload = 'outside' in from ? undefined : findWorkload(mesh, from);
  const proxy = workload === undefined ? undefined : proxiesOf(mesh, workload)[0];
  const sidecar = proxy === undefined ? undefined : sidecarScopeOf(mesh, proxy).sidecar;
  if (sidecar === undefined) return [];
  const host = `${near.namespace}/${near.host}`;
  const { egress } = sidecar.spec;
  const open = egress.findIndex(({ port }) => port === undefined);
  const changed =
    open < 0
      ? [...egress, { captureMode: 'DEFAULT' as const, hosts: [host] }]
      : egress.map((item, i) => (i === open ? { ...item, hosts: [...item.hosts, host] } : item));
  const { name, namespace = '' } = sidecar.metadata;
  const title = `import \`${host}\` in the Sidecar \`${namespace}/${name}\``;
  return [applying('import', title, sidecarManifest(sidecar, changed))];
}

function addingPort(mesh: Mesh, trace: Trace, near: Near): readonly FixCandidate[] {
  const entry = entryAt(mesh, near.origin);
  const { call } = trace;
  const protocol = protocols[call.protocol];
  if (entry === undefined || protocol === 'UDP') return [];
  const port = {
    number: call.port,
    name: `${protocol.toLowerCase()}-${call.port}`,
    protocol,
  };
  const title = `add port ${call.port} to the ServiceEntry \`${near.namespace}/${entry.metadata.name}\``;
  const ports = [...entry.spec.ports, port];
  return [applying('add-port', title, entryManifest(entry, { ports }))];
}

/** What brings an object that nearly fits to fit. */
export function nearCandidates(mesh: Mesh, trace: Trace): readonly FixCandidate[] {
  return (trace.near ?? []).flatMap(near => {
    switch (near.why) {
      case 'not-exported':
        return exporting(mesh, trace, near);
      case 'not-imported-by-sidecar':
        return importing(mesh, trace, near);
      case 'other-port':
        return near.failed.includes('visibility') ? [] : addingPort(mesh, trace, near);
      default:
        return [];
    }
  });
}

/** An entry whose cluster has nobody to dial: its host is taken as the address. */
export function resolving(mesh: Mesh, trace: Trace): readonly FixCandidate[] {
  const host = wantedHost(trace).toLowerCase();
  return mesh.resources.serviceEntries
    .filter(({ spec }) => spec.hosts.some(item => item.toLowerCase() === host))
    .filter(({ spec }) => spec.endpoints.length === 0 && spec.resolution !== 'DNS')
    .map(entry => {
      const { name, namespace = '' } = entry.metadata;
      const title = `resolve \`${host}\` by DNS in the ServiceEntry \`${namespace}/${name}\``;
      return applying('resolution', title, entryManifest(entry, { resolution: 'DNS' }));
    });
}
