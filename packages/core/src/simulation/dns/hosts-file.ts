import { ipFamily, parseIp } from '../../net';
import type { HostAlias } from '../../resources';
import type { PodStack } from '../pod/pod-stack';

/** What the file of every container begins with; on the host network it is the node's own, which has these names too. */
const loopback: readonly HostAlias[] = [
  { ip: '127.0.0.1', hostnames: ['localhost'] },
  { ip: '::1', hostnames: ['localhost', 'ip6-localhost', 'ip6-loopback'] },
];

/** The pod's own name; `undefined` where the name of the one that stands for a template is not known. */
function hostnameOf({ workload, spec, name }: PodStack): string | undefined {
  const named = workload.pods.length > 0 || workload.ref.kind === 'StatefulSet';
  return spec.hostname ?? (named ? name : undefined);
}

function ownLines(stack: PodStack, clusterDomain: string): readonly HostAlias[] {
  const { spec, namespace, ips } = stack;
  const hostname = hostnameOf(stack);
  if (spec.hostNetwork === true || hostname === undefined) return [];
  const { subdomain } = spec;
  const domain = subdomain === undefined ? '' : `.${subdomain}.${namespace}.svc.${clusterDomain}`;
  return ips.map(ip => ({ ip, hostnames: [`${hostname}${domain}`, hostname] }));
}

/**
 * What `/etc/hosts` of the pod's containers says of a name, which resolvers read before they ask anybody. Kubelet writes
 * loopback, the pod's own name with each of its addresses, and `hostAliases` (Kubernetes `pkg/kubelet/kubelet_pods.go`,
 * `managedHostsFileContent`).
 */
export function hostsFileAddresses(
  stack: PodStack,
  clusterDomain: string,
  name: string,
  family: 4 | 6,
): readonly string[] {
  const asked = name.toLowerCase().replace(/\.$/, '');
  const lines = [...loopback, ...ownLines(stack, clusterDomain), ...(stack.spec.hostAliases ?? [])];
  return lines.flatMap(({ ip, hostnames }) => {
    const address = parseIp(ip);
    const named = hostnames.some(hostname => hostname.toLowerCase() === asked);
    return named && address !== undefined && ipFamily(address) === family ? [address] : [];
  });
}
