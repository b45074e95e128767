import { type Cidr, ipFamily, parseCidr } from '../../net';
import type { Network, Ruleset } from '../../netfilter';
import type { PodStack } from '../pod/pod-stack';

const cidrs = (texts: readonly string[]): readonly Cidr[] =>
  texts.flatMap(text => parseCidr(text) ?? []);

const everywhere = cidrs(['0.0.0.0/0', '::/0']);
const noRules: Ruleset = { backend: 'iptables', v4: [], v6: [] };
const networks = new WeakMap<PodStack, Network>();

/** Loopback, one interface with the pod's addresses, and a default route: what a CNI plugin sets up. */
export function networkOf(stack: PodStack): Network {
  const known = networks.get(stack);
  if (known !== undefined) return known;
  const { ips, rules } = stack;
  const six = rules?.ipv6Loopback === true ? ['::1/128', '::6/128'] : ['::1/128'];
  const families = new Set(ips.map(ipFamily));
  const network: Network = {
    interfaces: [
      { name: 'lo', addresses: cidrs(['127.0.0.1/8', ...six]) },
      { name: 'eth0', addresses: cidrs(ips) },
    ],
    routes: everywhere
      .filter(({ family }) => families.has(family))
      .map(destination => ({ destination, interface: 'eth0' })),
    ...(rules?.tproxyMark !== undefined && { localMark: { mark: rules.tproxyMark } }),
    forwarding: false,
  };
  networks.set(stack, network);
  return network;
}

export function rulesetOf(stack: PodStack): Ruleset {
  return stack.rules?.ruleset ?? noRules;
}
