import { type InterceptionResult, interceptionOf, type PodInterception } from '../../interception';
import {
  derive,
  getOrMake,
  type Mesh,
  type PodView,
  type Proxy,
  podInputs,
  podViewsOf,
  proxiesOf,
  type Workload,
} from '../../mesh';
import { type IpAddress, parseIp } from '../../net';
import type { Origin } from '../../origin';
import { compileProxy } from '../../pilot';
import type { Pod } from '../../resources';
import type { ReasonCode } from '../codes';
import type { NotCaptured, PodProxy, PodStack, ProcessIdentity } from './pod-stack';

/** User and group of istio-proxy unless the pod says otherwise. */
const proxyUser: ProcessIdentity = { uid: 1337, gid: 1337 };

function userOf(result: InterceptionResult): ProcessIdentity {
  if (result.kind === 'rejected') return proxyUser;
  const { pod } = result;
  const named = [...pod.containers, ...pod.initContainers].find(
    ({ name }) => name === 'istio-proxy',
  );
  const own = named?.securityContext;
  const shared = pod.securityContext;
  return {
    uid: own?.runAsUser ?? shared?.runAsUser ?? proxyUser.uid,
    gid: own?.runAsGroup ?? shared?.runAsGroup ?? proxyUser.gid,
  };
}

function portOf(text: string | undefined, fallback: number): number {
  const port = Number(text);
  return Number.isInteger(port) && port > 0 && port < 65536 ? port : fallback;
}

const isTrue = (text: string | undefined) => text === 'true' || text === '1';

function proxyOf(mesh: Mesh, proxy: Proxy, result: InterceptionResult): PodProxy {
  const { metadata } = proxy;
  return {
    proxy,
    get program() {
      return compileProxy(mesh, proxy);
    },
    user: userOf(result),
    spiffe: spiffeOf(mesh, proxy.namespace, proxy.serviceAccount),
    agentPort: 15020,
    statusPort: portOf(metadata.ENVOY_STATUS_PORT, 15021),
    prometheusPort: portOf(metadata.ENVOY_PROMETHEUS_PORT, 15090),
    adminPort: mesh.meshConfig.config.defaultConfig?.proxyAdminPort ?? 15000,
    dnsCapture: isTrue(metadata.DNS_CAPTURE),
  };
}

/** Identity in a workload certificate. */
export function spiffeOf(mesh: Mesh, namespace: string, account: string): string {
  const domain = mesh.meshConfig.config.trustDomain;
  return `spiffe://${domain === '' || domain === undefined ? 'cluster.local' : domain}/ns/${namespace}/sa/${account}`;
}

const reasons: Readonly<Record<string, ReasonCode>> = {
  'not-injected': 'not-injected',
  'interception-none': 'interception-none',
  'rules-not-applied': 'interception-none',
};

function notCaptured(
  workload: Workload,
  view: PodView,
  interception: PodInterception,
): NotCaptured | undefined {
  const { result, decision, loaded } = interception;
  const origin: Origin = decision?.origin ?? workload.origin;
  if (view.spec.hostNetwork === true) {
    const message = 'the pod uses the network of its node';
    return { reason: 'host-network', message, origin };
  }
  if (result.kind === 'not-programmed') {
    const reason = reasons[result.code] ?? 'cni-not-programmed';
    return { reason, message: notCapturedMessages[reason] ?? 'no rules are programmed', origin };
  }
  if (loaded?.kind === 'depends-on-image') {
    const message = 'the rules name users or services that only the image knows';
    return { reason: 'cni-not-programmed', message, origin };
  }
  return undefined;
}

const notCapturedMessages: Readonly<Partial<Record<ReasonCode, string>>> = {
  'not-injected': 'the pod has no sidecar',
  'interception-none': 'interception is off for this pod',
  'cni-not-programmed': 'nobody programs rules for this pod',
};

function notRunning(workload: Workload, interception: PodInterception): PodStack['notRunning'] {
  const { result, loaded } = interception;
  if (result.kind === 'rejected') {
    return {
      message: `the injector rejects the pod: ${result.message}`,
      origin: result.origin ?? workload.origin,
    };
  }
  if (result.kind === 'failed') {
    const who = result.mode === 'cni' ? 'the CNI plugin fails' : 'istio-init exits with an error';
    return { message: `${who}: ${result.message}`, origin: result.origin ?? workload.origin };
  }
  if (loaded?.kind === 'refused') {
    return { message: `the rules are refused: ${loaded.message}`, origin: workload.origin };
  }
  return undefined;
}

function rulesOf(interception: PodInterception): PodStack['rules'] {
  const { result, loaded } = interception;
  if (result.kind !== 'programmed' || loaded?.kind !== 'loaded') return undefined;
  const { routing, config } = result;
  return {
    ruleset: loaded.ruleset,
    ...(routing.kind === 'routes' && { tproxyMark: routing.mark }),
    ipv6Loopback: config.ipv6,
  };
}

/** What a pod's stack is made of beside the mesh's traffic: the same in meshes that differ in that alone. */
interface Still {
  readonly workload: Workload;
  readonly view: PodView;
  readonly proxy: Proxy | undefined;
  readonly meshConfig: object;
  readonly stack: Omit<PodStack, 'proxy'>;
}

const stills = new WeakMap<PodInterception, Still>();
const stillOfStack = new WeakMap<PodStack, object>();

/** An object that stands for everything that a stack has of its own, in each mesh in which it is the same. */
export const stillOf = (stack: PodStack): object | undefined => stillOfStack.get(stack);

function stillFor(
  mesh: Mesh,
  workload: Workload,
  view: PodView,
  interception: PodInterception,
): Still {
  const proxy = proxiesOf(mesh, workload).find(({ id }) => id === `${view.name}.${view.namespace}`);
  const meshConfig = mesh.meshConfig.config;
  const known = stills.get(interception);
  const isSame =
    known?.workload === workload &&
    known.view === view &&
    known.proxy === proxy &&
    known.meshConfig === meshConfig;
  if (known !== undefined && isSame) return known;
  const stack = stillStack(workload, view, interception, proxy);
  const still = { workload, view, proxy, meshConfig, stack };
  stills.set(interception, still);
  return still;
}

function stillStack(
  workload: Workload,
  view: PodView,
  interception: PodInterception,
  proxy: Proxy | undefined,
): Omit<PodStack, 'proxy'> {
  const rules = rulesOf(interception);
  const missing = notRunning(workload, interception);
  const open = rules === undefined ? notCaptured(workload, view, interception) : undefined;
  return {
    workload,
    view,
    name: view.name,
    namespace: view.namespace,
    spec: view.spec,
    ips: view.ips,
    serviceAccount: view.serviceAccount,
    tlsMode: view.tlsMode,
    ...(rules !== undefined && { rules }),
    ...(open !== undefined && { notCaptured: open }),
    ...(missing !== undefined && { notRunning: missing }),
    ...(interception.basis === 'unknown' && {
      unknown: interception.decision?.missing ?? 'namespace',
    }),
    assumptions: [...interception.assumptions, ...(proxy?.assumptions ?? [])],
  };
}

function build(mesh: Mesh, workload: Workload, view: PodView, pod: Pod | undefined): PodStack {
  const interception = interceptionOf(mesh, {
    workload,
    ips: view.ips,
    ...(pod !== undefined && { pod }),
  });
  const still = stillFor(mesh, workload, view, interception);
  const { proxy } = still;
  const stack: PodStack = {
    ...still.stack,
    ...(proxy !== undefined && { proxy: proxyOf(mesh, proxy, interception.result) }),
  };
  stillOfStack.set(stack, still);
  return stack;
}

const stacks = derive(
  mesh => [mesh],
  () => new Map<Workload, readonly PodStack[]>(),
);

/** The pods of a workload, in its order; of a template the one that stands for it. */
export function stacksOf(mesh: Mesh, workload: Workload): readonly PodStack[] {
  return getOrMake(stacks(mesh), workload, () =>
    podViewsOf(mesh, workload).map((view, i) => build(mesh, workload, view, workload.pods[i])),
  );
}

interface PodPlace {
  readonly workload: Workload;
  readonly index: number;
}

/** Addresses that the pod's status has. */
function statusIps({ spec: { status } }: Pod): readonly IpAddress[] {
  const { podIP, podIPs = [] } = status;
  const texts = podIP === undefined ? podIPs : [podIP, ...podIPs];
  return [...new Set(texts)].flatMap(text => parseIp(text) ?? []);
}

/** Addresses of a workload's pods; a pod without one in its status is looked at as a whole. */
function ipsOf(mesh: Mesh, workload: Workload): readonly (readonly IpAddress[])[] {
  const viewIps = ({ spec, ips }: PodView) => (spec.hostNetwork === true ? [] : ips);
  if (workload.pods.length === 0) return podViewsOf(mesh, workload).map(viewIps);
  return workload.pods.map((pod, index) => {
    if (pod.spec.hostNetwork === true) return [];
    const known = statusIps(pod);
    return known.length > 0 ? known : (podViewsOf(mesh, workload)[index]?.ips ?? []);
  });
}

const byIp = derive(
  mesh => [mesh.workloads, ...podInputs(mesh), mesh.options, mesh.meshConfig.config],
  mesh => {
    const found = new Map<string, PodPlace>();
    for (const workload of mesh.workloads) {
      for (const [index, ips] of ipsOf(mesh, workload).entries()) {
        for (const ip of ips) if (!found.has(ip)) found.set(ip, { workload, index });
      }
    }
    return found;
  },
);

/** The pod that has this address. */
export function stackAt(mesh: Mesh, ip: string): PodStack | undefined {
  const found = byIp(mesh).get(ip);
  return found === undefined ? undefined : stacksOf(mesh, found.workload)[found.index];
}
