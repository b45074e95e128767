import { type Cursor, field, isObject, present } from './decode/cursor';
import {
  boolean,
  compact,
  integer,
  integerOrText,
  list,
  message,
  optionalTexts,
  text,
  textMap,
  texts,
} from './decode/scalars';
import type { LabelSelector, Labels, Resource } from './resource';
import { readSelector } from './resource';

export interface SecurityContext {
  readonly runAsUser?: number;
  readonly runAsGroup?: number;
  readonly runAsNonRoot?: boolean;
  readonly privileged?: boolean;
  readonly capabilities?: { readonly add?: readonly string[]; readonly drop?: readonly string[] };
}

export interface ContainerPort {
  readonly name?: string;
  readonly containerPort: number;
  readonly protocol?: string;
}

export interface Container {
  readonly name: string;
  readonly image?: string;
  readonly args?: readonly string[];
  readonly command?: readonly string[];
  readonly env?: readonly {
    readonly name: string;
    readonly value?: string;
    readonly valueFrom?: unknown;
  }[];
  readonly ports?: readonly ContainerPort[];
  readonly securityContext?: SecurityContext;
  /** `Always` on an init container makes it a native sidecar. */
  readonly restartPolicy?: string;
  /** Port of an HTTP, TCP or gRPC probe, when there is one. */
  readonly probePorts?: readonly (number | string)[];
}

/** A line of `/etc/hosts`. */
export interface HostAlias {
  readonly ip: string;
  readonly hostnames: readonly string[];
}

export interface PodSpec {
  readonly containers: readonly Container[];
  readonly initContainers: readonly Container[];
  readonly hostNetwork?: boolean;
  readonly nodeName?: string;
  readonly serviceAccountName?: string;
  readonly hostname?: string;
  readonly subdomain?: string;
  readonly securityContext?: SecurityContext;
  /** Further lines of the containers' `/etc/hosts`. */
  readonly hostAliases?: readonly HostAlias[];
  readonly dnsPolicy?: string;
  readonly dnsConfig?: {
    readonly nameservers?: readonly string[];
    readonly searches?: readonly string[];
    readonly options?: readonly { readonly name: string; readonly value?: string }[];
  };
}

export interface PodStatus {
  readonly podIP?: string;
  readonly podIPs?: readonly string[];
  readonly hostIP?: string;
  readonly phase?: string;
  readonly ready?: boolean;
}

/** Pod: `spec` and the part of `status` that says its addresses. */
export type Pod = Resource<'Pod', PodSpec & { readonly status: PodStatus }>;

/** The pod template of a workload kind: labels and annotations are the template's. */
export interface PodTemplate {
  readonly labels: Labels;
  readonly annotations: Readonly<Record<string, string>>;
  readonly spec: PodSpec;
}

export const workloadKinds = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'ReplicationController',
  'Job',
  'CronJob',
  // controllers that many meshes run, with the pod template of a Deployment
  'Rollout',
  'DeploymentConfig',
  'CloneSet',
] as const;
export type WorkloadKind = (typeof workloadKinds)[number];

export interface WorkloadSpec {
  readonly template: PodTemplate;
  readonly selector?: LabelSelector;
  readonly replicas?: number;
  /** StatefulSet: the governing headless service. */
  readonly serviceName?: string;
}
/** What makes pods from a template: a kind of Kubernetes, of Argo Rollouts, OpenShift or OpenKruise. */
export type WorkloadResource = Resource<WorkloadKind, WorkloadSpec>;

function readSecurityContext(cursor: Cursor): SecurityContext {
  return compact({
    runAsUser: integer(field(cursor, 'runAsUser')),
    runAsGroup: integer(field(cursor, 'runAsGroup')),
    runAsNonRoot: boolean(field(cursor, 'runAsNonRoot')),
    privileged: boolean(field(cursor, 'privileged')),
    capabilities: message(field(cursor, 'capabilities'), item =>
      compact({ add: optionalTexts(field(item, 'add')), drop: optionalTexts(field(item, 'drop')) }),
    ),
  });
}

function readContainerPort(cursor: Cursor): ContainerPort | undefined {
  const containerPort = integer(field(cursor, 'containerPort'));
  if (containerPort === undefined) return undefined;
  return compact({
    name: text(field(cursor, 'name')),
    containerPort,
    protocol: text(field(cursor, 'protocol')),
  });
}

function readEnv(cursor: Cursor) {
  const name = text(field(cursor, 'name'));
  if (name === undefined) return undefined;
  return compact({
    name,
    value: text(field(cursor, 'value')),
    valueFrom: field(cursor, 'valueFrom').value,
  });
}

const probes = ['livenessProbe', 'readinessProbe', 'startupProbe'];
const probeActions = ['httpGet', 'tcpSocket', 'grpc'];

function probePorts(container: Cursor): readonly (number | string)[] | undefined {
  const ports: (number | string)[] = [];
  for (const name of probes) {
    const probe = field(container, name);
    if (!present(probe)) continue;
    for (const action of probeActions) {
      const port = integerOrText(field(field(probe, action), 'port'));
      if (port !== undefined) ports.push(port);
    }
  }
  return ports.length === 0 ? undefined : ports;
}

function readContainer(cursor: Cursor): Container {
  const env = field(cursor, 'env');
  const ports = field(cursor, 'ports');
  return compact({
    name: text(field(cursor, 'name')) ?? '',
    image: text(field(cursor, 'image')),
    args: optionalTexts(field(cursor, 'args')),
    command: optionalTexts(field(cursor, 'command')),
    env: env.value === undefined ? undefined : list(env, readEnv),
    ports: ports.value === undefined ? undefined : list(ports, readContainerPort),
    securityContext: message(field(cursor, 'securityContext'), readSecurityContext),
    restartPolicy: text(field(cursor, 'restartPolicy')),
    probePorts: probePorts(cursor),
  });
}

const readDnsOption = (cursor: Cursor) =>
  compact({ name: text(field(cursor, 'name')) ?? '', value: text(field(cursor, 'value')) });

function readHostAlias(cursor: Cursor): HostAlias {
  return { ip: text(field(cursor, 'ip')) ?? '', hostnames: texts(field(cursor, 'hostnames')) };
}

function readDnsConfig(cursor: Cursor): PodSpec['dnsConfig'] {
  return compact({
    nameservers: optionalTexts(field(cursor, 'nameservers')),
    searches: optionalTexts(field(cursor, 'searches')),
    options: list(field(cursor, 'options'), readDnsOption),
  });
}

function readPodSpec(spec: Cursor): PodSpec {
  const aliases = field(spec, 'hostAliases');
  return compact({
    containers: list(field(spec, 'containers'), readContainer),
    initContainers: list(field(spec, 'initContainers'), readContainer),
    hostNetwork: boolean(field(spec, 'hostNetwork')),
    nodeName: text(field(spec, 'nodeName')),
    serviceAccountName: text(field(spec, 'serviceAccountName')),
    hostname: text(field(spec, 'hostname')),
    subdomain: text(field(spec, 'subdomain')),
    securityContext: message(field(spec, 'securityContext'), readSecurityContext),
    hostAliases: aliases.value === undefined ? undefined : list(aliases, readHostAlias),
    dnsPolicy: text(field(spec, 'dnsPolicy')),
    dnsConfig: message(field(spec, 'dnsConfig'), readDnsConfig),
  });
}

/** The lists of containers of a JSON value; `undefined` when it is of another shape. */
export function readContainers(
  value: unknown,
): Pick<PodSpec, 'containers' | 'initContainers'> | undefined {
  let isSound = isObject(value) || value === null;
  const root: Cursor = {
    value,
    key: '',
    report: () => {
      isSound = false;
    },
  };
  const read = (item: Cursor) => {
    if (!isObject(item.value)) isSound = false;
    return readContainer(item);
  };
  const containers = list(field(root, 'containers'), read);
  const initContainers = list(field(root, 'initContainers'), read);
  return isSound ? { containers, initContainers } : undefined;
}

function readStatus(status: Cursor): PodStatus {
  const ips = list(field(status, 'podIPs'), item => text(field(item, 'ip')));
  const ready = list(field(status, 'conditions'), item =>
    text(field(item, 'type')) === 'Ready' ? text(field(item, 'status')) === 'True' : undefined,
  );
  return compact({
    podIP: text(field(status, 'podIP')),
    podIPs: ips.length === 0 ? undefined : ips,
    hostIP: text(field(status, 'hostIP')),
    phase: text(field(status, 'phase')),
    ready: ready[0],
  });
}

export function readPod(spec: Cursor, object: Cursor): PodSpec & { readonly status: PodStatus } {
  return { ...readPodSpec(spec), status: readStatus(field(object, 'status')) };
}

/** The template's labels, annotations and pod; a CronJob keeps it one level deeper. */
export function readWorkload(kind: WorkloadKind, spec: Cursor): WorkloadSpec {
  const holder = kind === 'CronJob' ? field(field(spec, 'jobTemplate'), 'spec') : spec;
  const template = field(holder, 'template');
  const metadata = field(template, 'metadata');
  const selector = field(spec, 'selector');
  const plain = kind === 'ReplicationController' || kind === 'DeploymentConfig';
  return compact({
    template: {
      labels: textMap(field(metadata, 'labels')),
      annotations: textMap(field(metadata, 'annotations')),
      spec: readPodSpec(field(template, 'spec')),
    },
    selector: plain ? { matchLabels: textMap(selector) } : message(selector, readSelector),
    replicas: integer(field(spec, 'replicas')),
    serviceName: text(field(spec, 'serviceName')),
  });
}
