import { type Cursor, field } from './decode/cursor';
import {
  compact,
  entries,
  enumeration,
  integer,
  list,
  message,
  optionalTexts,
  text,
  textMap,
  texts,
} from './decode/scalars';
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

const resolutions = ['NONE', 'STATIC', 'DNS', 'DNS_ROUND_ROBIN', 'DYNAMIC_DNS'] as const;
const locations = ['MESH_EXTERNAL', 'MESH_INTERNAL'] as const;

export function readWorkloadEntry(spec: Cursor): WorkloadEntrySpec {
  const ports = field(spec, 'ports');
  const labels = field(spec, 'labels');
  return compact({
    address: text(field(spec, 'address')),
    ports: ports.value === undefined ? undefined : Object.fromEntries(entries(ports, integer)),
    labels: labels.value === undefined ? undefined : textMap(labels),
    network: text(field(spec, 'network')),
    locality: text(field(spec, 'locality')),
    weight: integer(field(spec, 'weight')),
    serviceAccount: text(field(spec, 'serviceAccount')),
  });
}

function readPort(cursor: Cursor): ServiceEntryPort {
  return compact({
    number: integer(field(cursor, 'number')) ?? 0,
    name: text(field(cursor, 'name')) ?? '',
    protocol: text(field(cursor, 'protocol')) ?? '',
    targetPort: integer(field(cursor, 'targetPort')),
  });
}

const readAllocated = (cursor: Cursor) => {
  const value = text(field(cursor, 'value'));
  return value === undefined ? undefined : compact({ value, host: text(field(cursor, 'host')) });
};

export function readServiceEntry(spec: Cursor, object: Cursor): ServiceEntrySpec {
  return compact({
    hosts: texts(field(spec, 'hosts')),
    addresses: texts(field(spec, 'addresses')),
    ports: list(field(spec, 'ports'), readPort),
    location: enumeration(field(spec, 'location'), locations) ?? 'MESH_EXTERNAL',
    resolution: enumeration(field(spec, 'resolution'), resolutions) ?? 'NONE',
    endpoints: list(field(spec, 'endpoints'), readWorkloadEntry),
    workloadSelector: message(field(spec, 'workloadSelector'), item => ({
      labels: textMap(field(item, 'labels')),
    })),
    exportTo: optionalTexts(field(spec, 'exportTo')),
    subjectAltNames: texts(field(spec, 'subjectAltNames')),
    allocated: list(field(field(object, 'status'), 'addresses'), readAllocated),
  });
}
