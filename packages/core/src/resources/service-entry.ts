import type { Labels, Resource } from './resource';

export interface ServiceEntryPort {
  readonly number: number;
  readonly name: string;
  readonly protocol: string;
  readonly targetPort?: number;
}

/** An endpoint of a ServiceEntry; also the spec of a WorkloadEntry. */
export interface WorkloadEntrySpec {
  readonly address?: string;
  readonly ports?: Readonly<Record<string, number>>;
  readonly labels?: Labels;
  readonly network?: string;
  readonly locality?: string;
  readonly weight?: number;
  readonly serviceAccount?: string;
}
export type WorkloadEntry = Resource<'WorkloadEntry', WorkloadEntrySpec>;

export type Resolution = 'NONE' | 'STATIC' | 'DNS' | 'DNS_ROUND_ROBIN' | 'DYNAMIC_DNS';

export interface ServiceEntrySpec {
  readonly hosts: readonly string[];
  readonly addresses: readonly string[];
  readonly ports: readonly ServiceEntryPort[];
  readonly location: 'MESH_EXTERNAL' | 'MESH_INTERNAL';
  readonly resolution: Resolution;
  readonly endpoints: readonly WorkloadEntrySpec[];
  readonly workloadSelector?: { readonly labels: Labels };
  readonly exportTo?: readonly string[];
  readonly subjectAltNames: readonly string[];
  /** `status.addresses`: what the auto-allocation controller wrote. */
  readonly allocated: readonly { readonly value: string; readonly host?: string }[];
}
export type ServiceEntry = Resource<'ServiceEntry', ServiceEntrySpec>;
