import { findWorkload, type Mesh } from '../../mesh';
import type { ReasonCode, Trace } from '../../simulation';
import { applying, callerNamespace, type FixCandidate, slug } from './fix-candidate';
import { admitting } from './network-policy-candidates';
import { allowing, permitting } from './policy-candidates';
import { declaring } from './protocol-candidates';
import { nearCandidates, newEntry, protocols, resolving } from './registry-candidates';
import { meshTls, naming, notOriginating, originating } from './tls-candidates';

/** DNS capture for the pods of the caller. */
function captureDns(mesh: Mesh, trace: Trace): readonly FixCandidate[] {
  const { from } = trace.call;
  const workload = 'outside' in from ? undefined : findWorkload(mesh, from);
  if (workload === undefined) return [];
  const annotation = 'proxy.istio.io/config';
  const value = 'proxyMetadata:\n  ISTIO_META_DNS_CAPTURE: "true"\n';
  return [
    {
      kind: 'dns-capture',
      title: 'let the agent of this workload answer DNS',
      manifests: [],
      changes: [{ kind: 'annotate', workload: workload.ref, annotation, value }],
    },
  ];
}

/** The subset that a route names, with the label that its name suggests. */
function definingSubset(trace: Trace): readonly FixCandidate[] {
  const { message = '' } = trace.blockers.find(({ reason }) => reason === 'cluster-missing') ?? {};
  const [, , subset = '', host = ''] = /outbound\|[^ ]*/.exec(message)?.[0].split('|') ?? [];
  if (subset === '' || host === '') return [];
  const title = `define the subset \`${subset}\` of \`${host}\``;
  return [
    applying('subset', title, {
      apiVersion: 'networking.istio.io/v1',
      kind: 'DestinationRule',
      metadata: { name: `${slug(host)}-subsets`, namespace: callerNamespace(trace) },
      spec: { host, subsets: [{ name: subset, labels: { version: subset } }] },
    }),
  ];
}

const registryOnly: readonly ReasonCode[] = [
  'registry-only-no-listener',
  'registry-only-no-filter-chain',
  'registry-only-no-virtual-host',
];

/** What may help, by the reasons of the trace; the smallest change first. */
export function fixCandidates(mesh: Mesh, trace: Trace): readonly FixCandidate[] {
  const has = (...codes: readonly ReasonCode[]) => codes.some(item => trace.reasons.includes(item));
  const spoken = protocols[trace.call.protocol];
  const declared = spoken === 'UDP' ? [] : declaring(mesh, trace, spoken);
  const waits = has('sniffing-waits', 'tcp-on-http-port', 'connect-no-route');
  const plaintext = has(
    'plaintext-to-strict',
    'client-certificate-missing',
    'no-inbound-filter-chain',
  );
  return [
    ...(has(...registryOnly)
      ? [...nearCandidates(mesh, trace), ...declared, ...newEntry(trace)]
      : []),
    ...(has('tls-on-http-port') && !has(...registryOnly) ? declared : []),
    ...(waits ? [...declaring(mesh, trace, 'TCP'), ...newEntry(trace)] : []),
    ...(has('upstream-protocol-error') ? declaring(mesh, trace, 'TCP') : []),
    ...(has('missing-tls-origination') ? originating(mesh, trace) : []),
    ...(has('double-tls') ? notOriginating(mesh, trace) : []),
    ...(has('server-certificate-not-verified') ? naming(mesh, trace) : []),
    ...(has('endpoint-silent') ? nearCandidates(mesh, trace) : []),
    ...(has('no-healthy-endpoint') ? resolving(mesh, trace) : []),
    ...(has('cluster-missing') ? definingSubset(trace) : []),
    ...(plaintext ? [...meshTls(mesh, trace), ...permitting(mesh, trace)] : []),
    ...(has('rbac-denied') ? allowing(mesh, trace) : []),
    ...(has('network-policy-denied') ? admitting(mesh, trace) : []),
    ...(has('name-not-resolved') ? captureDns(mesh, trace) : []),
  ];
}
