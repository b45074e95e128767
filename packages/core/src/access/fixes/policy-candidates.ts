import { findWorkload, type Mesh, podViewsOf, proxiesOf, type Workload } from '../../mesh';
import type { Trace } from '../../simulation';
import { applying, type FixCandidate, selectorOf } from './fix-candidate';

/** The workload at whose side the call ends: the last pod that it comes to. */
function receiver(mesh: Mesh, { hops }: Trace): Workload | undefined {
  const title = hops.findLast(
    ({ place }) => place === 'sidecar-inbound' || place === 'gateway',
  )?.title;
  const pod = title?.split(' of ')[1];
  return mesh.workloads.find(workload =>
    podViewsOf(mesh, workload).some(({ namespace, name }) => `${namespace}/${name}` === pod),
  );
}

/** Plaintext beside mutual TLS for one workload. */
export function permitting(mesh: Mesh, trace: Trace): readonly FixCandidate[] {
  const workload = receiver(mesh, trace);
  if (workload === undefined) return [];
  const { namespace, name } = workload.ref;
  const title = `accept plaintext beside mutual TLS in \`${namespace}/${name}\``;
  return [
    applying('permissive', title, {
      apiVersion: 'security.istio.io/v1',
      kind: 'PeerAuthentication',
      metadata: { name: `${name}-permissive`, namespace },
      spec: {
        selector: { matchLabels: selectorOf(workload.labels) },
        mtls: { mode: 'PERMISSIVE' },
      },
    }),
  ];
}

/** A policy that lets the caller's service account in. It does not help against one that denies. */
export function allowing(mesh: Mesh, trace: Trace): readonly FixCandidate[] {
  const workload = receiver(mesh, trace);
  const { from } = trace.call;
  const caller = 'outside' in from ? undefined : findWorkload(mesh, from);
  const proxy = caller === undefined ? undefined : proxiesOf(mesh, caller)[0];
  if (workload === undefined || proxy === undefined) return [];
  const { namespace, name } = workload.ref;
  const domain = mesh.meshConfig.config.trustDomain ?? 'cluster.local';
  const principal = `${domain}/ns/${proxy.namespace}/sa/${proxy.serviceAccount}`;
  const title = `let \`${proxy.namespace}/${proxy.serviceAccount}\` call \`${namespace}/${name}\``;
  return [
    applying('allow', title, {
      apiVersion: 'security.istio.io/v1',
      kind: 'AuthorizationPolicy',
      metadata: { name: `${name}-from-${proxy.namespace}-${proxy.serviceAccount}`, namespace },
      spec: {
        selector: { matchLabels: selectorOf(workload.labels) },
        action: 'ALLOW',
        rules: [{ from: [{ source: { principals: [principal] } }] }],
      },
    }),
  ];
}
