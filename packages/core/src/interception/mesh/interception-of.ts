import {
  admissionPodOfPod,
  admissionPodOfWorkload,
  derive,
  getOrMake,
  type InjectionDecision,
  injectionOf,
  type Mesh,
  podInputs,
  proxiesOf,
  proxySettingsOf,
  type Workload,
} from '../../mesh';
import { type IpAddress, parseIp } from '../../net';
import type { Assumption } from '../../origin';
import type { Pod, PodSpec } from '../../resources';
import { type LoadedScript, loadScript } from '../load-script';
import { compileInterception, type InterceptionResult } from '../pod/compile-interception';
import type { InterceptionInput, PodMetadata } from '../pod/pod-input';
import type { InterceptionScript } from '../script';
import { helmValuesOf } from './mesh-helm-values';
import { nameServersOf } from './name-servers';
import { nodeVersionsOf } from './node-versions';
import { isInjectedAlready, isRunningPod } from './observed-injection';

/** A pod of a workload. */
export interface InterceptionTarget {
  readonly workload: Workload;
  /** The workload's first pod when not given; without any the one that its template will make. */
  readonly pod?: Pod;
  /** The pod's addresses; those of its status or its proxy when not given. */
  readonly ips?: readonly IpAddress[];
}

/** Interception of one pod, and how it came to be known. */
export interface PodInterception {
  /**
   * `observed`: read from a pod that runs. `predicted`: what the injector will do. `unknown`: whether the pod is injected
   * depends on something that the input lacks (`decision.missing`); the result is the one without a sidecar.
   */
  readonly basis: 'observed' | 'predicted' | 'unknown';
  /** Absent when it was observed. */
  readonly decision?: InjectionDecision;
  readonly result: InterceptionResult;
  /** What the kernel's tools make of the text; absent when nothing is programmed. */
  readonly loaded?: LoadedScript;
  readonly assumptions: readonly Assumption[];
}

const known = derive(
  mesh => [...podInputs(mesh), mesh.meshConfig.config, mesh.options, mesh.istioVersion],
  () => new Map<Pod | Workload, PodInterception>(),
);

/** The interception of a pod of the mesh: what is programmed in its network namespace, or why nothing is. */
export function interceptionOf(mesh: Mesh, target: InterceptionTarget): PodInterception {
  const { workload } = target;
  const pod = target.pod ?? workload.pods[0];
  return getOrMake(known(mesh), pod ?? workload, () =>
    intercept(mesh, {
      workload,
      ips: target.ips ?? ipsOf(mesh, workload, pod),
      ...(pod !== undefined && { pod }),
    }),
  );
}

/** Of the pod's status, else those that its proxy would have, else one of the kind that every cluster gives. */
function ipsOf(mesh: Mesh, workload: Workload, pod: Pod | undefined): readonly IpAddress[] {
  const { podIP, podIPs = [] } = pod?.spec.status ?? {};
  const own = [...new Set([...(podIP === undefined ? [] : [podIP]), ...podIPs])].flatMap(
    text => parseIp(text) ?? [],
  );
  if (own.length > 0) return own;
  return proxiesOf(mesh, workload)[0]?.ips ?? [parseIp('10.0.0.1')].filter(ip => ip !== undefined);
}

/** The pod that the injector sees. */
export interface Subject extends PodMetadata {
  readonly spec: PodSpec;
}

interface ChosenPod extends InterceptionTarget {
  readonly ips: readonly IpAddress[];
}

function intercept(mesh: Mesh, target: ChosenPod): PodInterception {
  const subject = subjectOf(target);
  const running = target.pod !== undefined && isRunningPod(target.pod);
  const marked = isInjectedAlready(subject.spec, subject.annotations);
  const asked = marked && running ? undefined : injectionOf(mesh, target.workload);
  // a manifest that went through the injector before goes through it again when the pod is made
  const observed = marked && (asked?.injected !== true || asked.missing !== undefined);
  const decision = observed ? undefined : asked;
  const injected = !running && decision?.injected === true;
  const names = nameServersOf(mesh, subject.spec);
  const result = compileInterception({
    ...inputOf(mesh, target, subject),
    injection: observed ? 'as-is' : injected ? 'inject' : 'not-injected',
    network: {
      interfaceAddresses: interfaceAddresses(target.ips),
      nameservers: names.nameservers,
    },
  });
  return {
    basis: basisOf(observed || running, decision),
    ...(decision !== undefined && { decision }),
    result,
    ...(result.kind === 'programmed' && { loaded: loadOnce(mesh, result.script) }),
    assumptions: assumptionsOf(mesh, injected ? decision : undefined, result, names.assumption),
  };
}

function basisOf(
  observed: boolean,
  decision: InjectionDecision | undefined,
): PodInterception['basis'] {
  if (observed) return 'observed';
  return decision?.missing === undefined ? 'predicted' : 'unknown';
}

/** The pod of a workload, else the one that its template makes. */
export function subjectOf({ workload, pod }: InterceptionTarget): Subject {
  const { namespace } = workload.ref;
  if (pod !== undefined) {
    const { labels, annotations } = pod.metadata;
    return {
      namespace,
      labels,
      annotations,
      spec: pod.spec,
      origin: admissionPodOfPod(pod).origin,
    };
  }
  const { template, resource, origin } = workload;
  return {
    namespace,
    labels: template.labels,
    annotations: template.annotations,
    spec: template.spec,
    origin: resource === undefined ? () => origin : admissionPodOfWorkload(resource).origin,
  };
}

/** Everything of the mesh that decides the interception of a pod. */
export function inputOf(
  mesh: Mesh,
  { workload }: InterceptionTarget,
  pod: Subject,
): Omit<InterceptionInput, 'injection' | 'network'> {
  const { proxyListenPort, proxyInboundListenPort, enablePrometheusMerge, defaultConfig } =
    mesh.meshConfig.config;
  return {
    istioVersion: mesh.istioVersion,
    pod,
    proxySettings: proxySettingsOf(mesh, workload),
    meshConfig: {
      proxyListenPort,
      proxyInboundListenPort,
      enablePrometheusMerge,
      statusPort: defaultConfig.statusPort ?? 15020,
      origin: mesh.meshConfig.origin,
    },
    helm: helmValuesOf(mesh),
    istiodEnvironment: mesh.options.flags ?? {},
    namespaceAnnotations: namespaceAnnotations(mesh).get(workload.ref.namespace) ?? {},
    nodes: nodeVersionsOf(mesh),
    cniExcludedNamespaces: ['kube-system'],
  };
}

const namespaceAnnotations = derive(
  mesh => [mesh.resources.namespaces],
  mesh =>
    new Map(mesh.resources.namespaces.map(({ metadata }) => [metadata.name, metadata.annotations])),
);

/** The kernel lists all IPv4 addresses before the IPv6 ones. */
export function interfaceAddresses(ips: readonly IpAddress[]): readonly string[] {
  const isV6 = (ip: string) => ip.includes(':');
  return ['127.0.0.1', ...ips.filter(ip => !isV6(ip)), '::1', ...ips.filter(isV6)];
}

const loadedScripts = derive(
  () => [],
  () => new Map<string, LoadedScript>(),
);

const loadedAlready = new WeakMap<InterceptionScript, LoadedScript>();

/** Most pods have the same script from the same causes: it is loaded once. */
function loadOnce(mesh: Mesh, script: InterceptionScript): LoadedScript {
  const known = loadedAlready.get(script);
  if (known !== undefined) return known;
  const text = JSON.stringify(script);
  const loaded = getOrMake(loadedScripts(mesh), text, () => loadScript(script));
  loadedAlready.set(script, loaded);
  return loaded;
}

function assumptionsOf(
  mesh: Mesh,
  decision: InjectionDecision | undefined,
  result: InterceptionResult,
  names: Assumption | undefined,
): readonly Assumption[] {
  const redirectsDns = result.kind === 'programmed' && result.config.dns !== undefined;
  return [
    ...(decision?.assumption === undefined ? [] : [decision.assumption]),
    ...(names !== undefined && redirectsDns && result.mode === 'init' ? [names] : []),
    ...(decision !== undefined && nodeVersionsOf(mesh).length === 0 ? [nativeAssumed] : []),
  ];
}

const nativeAssumed: Assumption = {
  code: 'node-versions-assumed',
  message:
    'no Node is in the input; nodes are taken to run Kubernetes 1.33 or newer, which gives native sidecars',
};
