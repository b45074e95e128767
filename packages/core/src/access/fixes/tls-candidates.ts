import type { Mesh } from '../../mesh';
import { formatObjectRef, type Origin } from '../../origin';
import { type DestinationRule, refOf } from '../../resources';
import type { ReasonCode, Trace } from '../../simulation';
import { applying, callerNamespace, type FixCandidate, type Manifest, slug } from './fix-candidate';
import { isRewritable, ruleManifest } from './manifests';

function ruleAt(mesh: Mesh, origin: Origin | undefined): DestinationRule | undefined {
  if (origin?.kind !== 'object') return undefined;
  const name = formatObjectRef(origin.object);
  const rule = mesh.resources.destinationRules.find(item => formatObjectRef(refOf(item)) === name);
  return rule !== undefined && isRewritable(rule) ? rule : undefined;
}

const isExact = (host: string) => !host.startsWith('*');

/** The host that DestinationRules know the destination by. */
function ruleHost({ call, symptom }: Trace): string {
  const [, , , host] = symptom.cluster?.split('|') ?? [];
  return host !== undefined && isExact(host) ? host : call.to;
}

function rulesFor(mesh: Mesh, host: string): readonly DestinationRule[] {
  return mesh.resources.destinationRules.filter(
    ({ spec }) => spec.host.toLowerCase() === host.toLowerCase(),
  );
}

/** TLS settings of one port: in the rule that is there, else in a new one of the caller's namespace. */
function withTls(
  kind: FixCandidate['kind'],
  context: { readonly mesh: Mesh; readonly trace: Trace; readonly title: string },
  tls: Manifest,
): readonly FixCandidate[] {
  const { mesh, trace, title } = context;
  const host = ruleHost(trace);
  const existing = rulesFor(mesh, host);
  const { port } = trace.call;
  if (existing.length > 0) {
    return existing
      .filter(isRewritable)
      .map(rule => applying(kind, title, ruleManifest(rule, port, tls)));
  }
  return [
    applying(kind, title, {
      apiVersion: 'networking.istio.io/v1',
      kind: 'DestinationRule',
      metadata: { name: `${slug(host)}-tls`, namespace: callerNamespace(trace) },
      spec: { host, trafficPolicy: { portLevelSettings: [{ port: { number: port }, tls }] } },
    }),
  ];
}

/** TLS origination for a port that wants TLS and gets plain HTTP. */
export function originating(mesh: Mesh, trace: Trace): readonly FixCandidate[] {
  const host = ruleHost(trace);
  const title = `originate TLS for \`${host}:${trace.call.port}\``;
  return withTls('originate-tls', { mesh, trace, title }, { mode: 'SIMPLE', sni: host });
}

function blockerOrigin(trace: Trace, reason: ReasonCode): Origin | undefined {
  return trace.blockers.find(item => item.reason === reason)?.origin;
}

/** No origination on a port where the client speaks TLS itself. */
export function notOriginating(mesh: Mesh, trace: Trace): readonly FixCandidate[] {
  const rule = ruleAt(mesh, blockerOrigin(trace, 'double-tls'));
  if (rule === undefined) return [];
  const { port } = trace.call;
  const { name, namespace = '' } = rule.metadata;
  const title = `leave TLS on port ${port} to the application in the DestinationRule \`${namespace}/${name}\``;
  return [applying('single-tls', title, ruleManifest(rule, port, { mode: 'DISABLE' }))];
}

/** The server name that the certificate of the server is for: the host. */
export function naming(mesh: Mesh, trace: Trace): readonly FixCandidate[] {
  const host = ruleHost(trace);
  const { port } = trace.call;
  return rulesFor(mesh, host)
    .filter(isRewritable)
    .flatMap(rule => {
      const { trafficPolicy } = rule.spec;
      const own = trafficPolicy?.portLevelSettings.find(item => item.port === port)?.tls;
      const tls = own ?? trafficPolicy?.tls;
      if (tls === undefined || tls.mode === 'DISABLE') return [];
      const title = `send the server name \`${host}\` and expect it in the certificate`;
      const named = { ...tls, sni: host, subjectAltNames: [host] };
      return [applying('server-name', title, ruleManifest(rule, port, named))];
    });
}

/** Mesh TLS where a rule takes it away. */
export function meshTls(mesh: Mesh, trace: Trace): readonly FixCandidate[] {
  const host = ruleHost(trace);
  const title = `use mesh TLS to \`${host}:${trace.call.port}\``;
  return rulesFor(mesh, host).length === 0
    ? []
    : withTls('mesh-tls', { mesh, trace, title }, { mode: 'ISTIO_MUTUAL' });
}
