import type { Mesh, PolicyEnd } from '../../mesh';
import { parseIp } from '../../net';
import type { Assumption } from '../../origin';
import type { Service } from '../../resources';
import type { PodStack } from '../pod/pod-stack';
import { judgeConnection, policiesEnforced, type Refusal } from '../policies/judge-connection';
import { endAt, endOfStack, podWith } from '../policies/pod-end';
import type { ResolverConfig } from './resolver-config';

interface NameServer {
  readonly end: PolicyEnd;
  readonly port: number;
}

/** Labels that every distribution puts on its DNS server, for `kubectl get pods -l k8s-app=kube-dns`. */
const usualLabels = { 'k8s-app': 'kube-dns' };

const dnsPort = 53;

function behindService(mesh: Mesh, { metadata, spec }: Service): NameServer {
  const end = podWith(mesh, metadata.namespace ?? '', spec.selector ?? {});
  const target = spec.ports.find(
    ({ port, protocol }) => port === dnsPort && protocol === 'UDP',
  )?.targetPort;
  const named = [...(end.pod?.spec.containers ?? [])]
    .flatMap(({ ports = [] }) => ports)
    .find(({ name }) => name === target);
  const port = typeof target === 'number' ? target : (named?.containerPort ?? dnsPort);
  return { end, port };
}

/** Who gets the queries that leave a pod: behind the Service of the cluster's DNS one of its pods. */
function nameServerOf(mesh: Mesh, { nameserver, nameserverAssumed }: ResolverConfig): NameServer {
  const service = mesh.resources.services.find(({ spec }) => spec.clusterIP === nameserver);
  if (service !== undefined) return behindService(mesh, service);
  if (nameserverAssumed) {
    return { end: podWith(mesh, 'kube-system', usualLabels), port: dnsPort };
  }
  const end = endAt({ mesh, placeholders: new Set() }, parseIp(nameserver) ?? '');
  return { end, port: dnsPort };
}

/** What NetworkPolicies say about the DNS queries of a pod. */
export interface QueryVerdict {
  readonly refusal?: Refusal;
  /** What that rests on; empty when no policy takes part. */
  readonly assumptions: readonly Assumption[];
}

const serverAssumed: Assumption = {
  code: 'dns-server-assumed',
  message:
    'of the pods of the DNS server nothing is known but the labels that its Service selects, or `k8s-app: kube-dns` in kube-system',
};

/** Whether NetworkPolicies let a pod's DNS queries get to their server. */
export function judgeQuery(mesh: Mesh, stack: PodStack, config: ResolverConfig): QueryVerdict {
  if (mesh.resources.networkPolicies.length === 0) return { assumptions: [] };
  const { end, port } = nameServerOf(mesh, config);
  const { isRestricted, refusal } = judgeConnection(mesh, endOfStack(stack, undefined), end, {
    port,
    protocol: 'UDP',
  });
  const isUnseen = end.pod?.labelsKnown === 'selected';
  return {
    ...(refusal !== undefined && { refusal }),
    assumptions: isRestricted ? [policiesEnforced, ...(isUnseen ? [serverAssumed] : [])] : [],
  };
}
