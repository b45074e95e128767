import { derive, type Mesh } from '../../mesh';
import type { PodSpec } from '../../resources';

/** What stands in a container's /etc/resolv.conf. */
export interface ResolverConfig {
  readonly nameserver: string;
  /** True when no kube-dns Service is in the input and its usual address is taken. */
  readonly nameserverAssumed: boolean;
  readonly search: readonly string[];
  readonly ndots: number;
}

/** Address of kube-dns in kubeadm's and kind's default service range. */
const usualNameserver = '10.96.0.10';

const kubeDns = derive(
  mesh => [mesh.resources.services],
  mesh => {
    const address = mesh.resources.services.find(
      ({ metadata }) =>
        metadata.namespace === 'kube-system' &&
        (metadata.name === 'kube-dns' || metadata.name === 'coredns'),
    )?.spec.clusterIP;
    return address === '' ? undefined : address;
  },
);

/** As kubelet writes it (`pkg/kubelet/network/dns/dns.go`): policy, then `dnsConfig` on top. */
export function resolverConfig(mesh: Mesh, namespace: string, pod: PodSpec): ResolverConfig {
  const policy = pod.dnsPolicy ?? 'ClusterFirst';
  const clusterFirst =
    policy === 'ClusterFirstWithHostNet' || (policy === 'ClusterFirst' && pod.hostNetwork !== true);
  const { clusterDomain } = mesh;
  const base = clusterFirst
    ? [`${namespace}.svc.${clusterDomain}`, `svc.${clusterDomain}`, clusterDomain]
    : [];
  const own = pod.dnsConfig;
  const ndots = Number(own?.options?.find(({ name }) => name === 'ndots')?.value);
  const nameserver = clusterFirst ? kubeDns(mesh) : undefined;
  const first = policy === 'None' ? own?.nameservers?.[0] : (nameserver ?? own?.nameservers?.[0]);
  return {
    nameserver: first ?? usualNameserver,
    nameserverAssumed: first === undefined,
    search: [...base, ...(own?.searches ?? []).filter(domain => !base.includes(domain))],
    ndots: Number.isInteger(ndots) ? ndots : clusterFirst ? 5 : 1,
  };
}

/**
 * The absolute names that a stub resolver asks for, in order (resolv.conf(5)): a name with fewer dots than `ndots` is
 * tried with the search list first and as it stands last.
 */
export function candidateNames(name: string, config: ResolverConfig): readonly string[] {
  if (name.endsWith('.')) return [name.slice(0, -1)];
  const searched = config.search.map(domain => `${name}.${domain}`);
  const dots = name.split('.').length - 1;
  return dots >= config.ndots ? [name, ...searched] : [...searched, name];
}
