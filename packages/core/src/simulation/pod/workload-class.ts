import { type Mesh, type Proxy, selectingPolicies } from '../../mesh';
import { ipFamily } from '../../net';
import type { Ruleset } from '../../netfilter';
import { formatObjectRef, type Origin } from '../../origin';
import { proxyClassKey, wideProxyClassKey } from '../../pilot';
import type { NetworkPolicy } from '../../resources';
import { type ResolverConfig, resolverConfig } from '../dns/resolver-config';
import { unmodelledFor } from '../limits/unmodelled';
import { stillOf } from './build-stack';
import { type OwnOrigin, relativeOrigin } from './own-origin';
import type { PodStack } from './pod-stack';

const numbers = new Map<string, number>();
const rulesets = new WeakMap<Ruleset, number>();

/** Number of a rule set by what it says and by the causes of its rules; a cause in the pod's own manifest is any pod's. */
function numberOf(stack: PodStack): number {
  const ruleset = stack.rules?.ruleset;
  if (ruleset === undefined) return -1;
  const known = rulesets.get(ruleset);
  if (known !== undefined) return known;
  const text = JSON.stringify(ruleset, (key, value: Origin) =>
    key === 'origin' ? relativeOrigin(stack, value) : value,
  );
  const number = numbers.get(text) ?? numbers.size;
  numbers.set(text, number);
  rulesets.set(ruleset, number);
  return number;
}

const textOf = (origin: Origin | OwnOrigin) => JSON.stringify(origin);

function assumptionsKey(stack: PodStack): readonly string[] {
  return stack.assumptions.map(({ code, message, origin }) => {
    const from = origin === undefined ? undefined : relativeOrigin(stack, origin);
    return from?.kind === 'own' ? code : `${code} ${message}`;
  });
}

const unmodelledKey = (mesh: Mesh, proxy: Proxy) =>
  unmodelledFor(mesh, proxy, 'outbound')
    .map(({ object }) => formatObjectRef(object))
    .join();

/** Key of a pod that no NetworkPolicy selects. */
const noPolicies = 'egress,perhaps,ingress,perhaps';

/** NetworkPolicies that restrict what the pod sends or gets, and may. */
function policiesKey(mesh: Mesh, { view }: PodStack): string {
  if (mesh.resources.networkPolicies.length === 0) return noPolicies;
  return (['egress', 'ingress'] as const)
    .flatMap(direction => {
      const { surely, perhaps } = selectingPolicies(mesh, view, direction);
      return [direction, ...surely.map(nameOf), 'perhaps', ...perhaps.map(nameOf)];
    })
    .join();
}

const nameOf = ({ metadata }: NetworkPolicy) => metadata.name;

/** A stack belongs to one mesh. */
const classes = new WeakMap<PodStack, string>();

/**
 * Two pods with the same class get the same answers to calls that meet no other pod of the mesh: equal namespace, Envoy
 * configuration, rules, user of the application, resolver and state.
 */
export function workloadClassOf(mesh: Mesh, stack: PodStack): string {
  const known = classes.get(stack);
  if (known !== undefined) return known;
  const made = classOf(mesh, stack);
  classes.set(stack, made);
  return made;
}

function classOf(mesh: Mesh, stack: PodStack): string {
  const { proxy, spec, namespace } = stack;
  const resolver = resolverConfig(mesh, namespace, spec);
  return [
    namespace,
    proxy === undefined ? '' : proxyClassKey(mesh, proxy.proxy),
    resolver.search.join(','),
    policiesKey(mesh, stack),
    ...traitsOf(mesh, stack, resolver),
  ].join('|');
}

/** What decides a pod's calls beside its namespace and the scope of its proxy. */
function traitsOf(
  mesh: Mesh,
  stack: PodStack,
  resolver: ResolverConfig,
): readonly (string | number)[] {
  const { proxy } = stack;
  return [
    proxy === undefined ? '' : unmodelledKey(mesh, proxy.proxy),
    resolver.nameserver,
    resolver.ndots,
    stillTraits(stack),
  ];
}

const traitsByStill = new WeakMap<object, string>();

/** Traits that no change of the mesh's traffic touches. */
function stillTraits(stack: PodStack): string {
  const still = stillOf(stack);
  const known = still === undefined ? undefined : traitsByStill.get(still);
  if (known !== undefined) return known;
  const made = ownTraits(stack).join('|');
  if (still !== undefined) traitsByStill.set(still, made);
  return made;
}

function ownTraits(stack: PodStack): readonly (string | number)[] {
  const { proxy, rules, notCaptured, notRunning, unknown, spec, ips } = stack;
  const container = spec.containers.find(({ name }) => name !== 'istio-proxy');
  const own = container?.securityContext;
  const origin = notCaptured?.origin ?? notRunning?.origin;
  return [
    proxy === undefined ? '' : `${proxy.user.uid}:${proxy.user.gid}:${proxy.dnsCapture}`,
    proxy === undefined
      ? ''
      : `${proxy.statusPort}:${proxy.prometheusPort}:${proxy.agentPort}:${proxy.adminPort}`,
    numberOf(stack),
    `${rules?.tproxyMark ?? ''}:${rules?.ipv6Loopback ?? ''}`,
    ips.map(ipFamily).join(),
    own?.runAsUser ?? spec.securityContext?.runAsUser ?? '',
    own?.runAsGroup ?? spec.securityContext?.runAsGroup ?? '',
    notCaptured?.reason ?? '',
    notCaptured?.message ?? '',
    notRunning?.message ?? '',
    origin === undefined ? '' : textOf(relativeOrigin(stack, origin)),
    unknown ?? '',
    JSON.stringify(spec.hostAliases ?? []),
    spec.hostname ?? '',
    ...assumptionsKey(stack),
  ];
}

/**
 * Pods of whatever namespace with the same class get the same answers to calls to a host outside of the cluster that no
 * VirtualService names, that no search list makes a name of the cluster, and that meet no pod of the mesh. `undefined` for
 * pods that share with no other namespace.
 */
export function wideClassOf(mesh: Mesh, stack: PodStack): string | undefined {
  const { proxy, rules } = stack;
  if (policiesKey(mesh, stack) !== noPolicies) return undefined;
  // without rules no call meets Envoy, whatever its configuration
  const wide =
    rules === undefined
      ? 'no rules'
      : proxy === undefined
        ? undefined
        : wideProxyClassKey(mesh, proxy.proxy);
  if (wide === undefined) return undefined;
  const resolver = resolverConfig(mesh, stack.namespace, stack.spec);
  return [wide, ...traitsOf(mesh, stack, resolver)].join('|');
}
