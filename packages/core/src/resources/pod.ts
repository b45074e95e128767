import type { LabelSelector, Labels, Resource } from './resource';

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

export interface PodSpec {
  readonly containers: readonly Container[];
  readonly initContainers: readonly Container[];
  readonly hostNetwork?: boolean;
  readonly nodeName?: string;
  readonly serviceAccountName?: string;
  readonly hostname?: string;
  readonly subdomain?: string;
  readonly securityContext?: SecurityContext;
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
] as const;
export type WorkloadKind = (typeof workloadKinds)[number];

export interface WorkloadSpec {
  readonly template: PodTemplate;
  readonly selector?: LabelSelector;
  readonly replicas?: number;
  /** StatefulSet: the governing headless service. */
  readonly serviceName?: string;
}
/** Deployment, StatefulSet, DaemonSet, ReplicaSet, ReplicationController, Job or CronJob. */
export type WorkloadResource = Resource<WorkloadKind, WorkloadSpec>;
