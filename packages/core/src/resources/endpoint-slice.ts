import { type Cursor, field } from './decode/cursor';
import { boolean, compact, integer, list, message, text, texts } from './decode/scalars';
import type { Resource } from './resource';

export interface SliceEndpoint {
  readonly addresses: readonly string[];
  /** `undefined` counts as ready. */
  readonly ready?: boolean;
  readonly serving?: boolean;
  readonly terminating?: boolean;
  readonly nodeName?: string;
  readonly hostname?: string;
  readonly targetRef?: {
    readonly kind?: string;
    readonly namespace?: string;
    readonly name?: string;
  };
}

/** EndpointSlice; Endpoints are decoded into the same shape. The service is named by `kubernetes.io/service-name`. */
export interface EndpointSliceSpec {
  readonly addressType: string;
  readonly endpoints: readonly SliceEndpoint[];
  readonly ports: readonly {
    readonly name?: string;
    readonly port?: number;
    readonly protocol?: string;
  }[];
}
export type EndpointSlice = Resource<'EndpointSlice', EndpointSliceSpec>;

const readTarget = (cursor: Cursor) =>
  compact({
    kind: text(field(cursor, 'kind')),
    namespace: text(field(cursor, 'namespace')),
    name: text(field(cursor, 'name')),
  });

function readEndpoint(cursor: Cursor): SliceEndpoint {
  const conditions = field(cursor, 'conditions');
  return compact({
    addresses: texts(field(cursor, 'addresses')),
    ready: boolean(field(conditions, 'ready')),
    serving: boolean(field(conditions, 'serving')),
    terminating: boolean(field(conditions, 'terminating')),
    nodeName: text(field(cursor, 'nodeName')),
    hostname: text(field(cursor, 'hostname')),
    targetRef: message(field(cursor, 'targetRef'), readTarget),
  });
}

const readPort = (cursor: Cursor) =>
  compact({
    name: text(field(cursor, 'name')),
    port: integer(field(cursor, 'port')),
    protocol: text(field(cursor, 'protocol')),
  });

export function readEndpointSlice(object: Cursor): EndpointSliceSpec {
  return {
    addressType: text(field(object, 'addressType')) ?? 'IPv4',
    endpoints: list(field(object, 'endpoints'), readEndpoint),
    ports: list(field(object, 'ports'), readPort),
  };
}

const readAddress =
  (ready: boolean) =>
  (cursor: Cursor): SliceEndpoint | undefined => {
    const ip = text(field(cursor, 'ip'));
    if (ip === undefined) return undefined;
    return compact({
      addresses: [ip],
      ready,
      nodeName: text(field(cursor, 'nodeName')),
      hostname: text(field(cursor, 'hostname')),
      targetRef: message(field(cursor, 'targetRef'), readTarget),
    });
  };

/** Endpoints (the older kind) as one slice for each subset. */
export function readEndpoints(object: Cursor): readonly EndpointSliceSpec[] {
  return list(field(object, 'subsets'), subset => ({
    addressType: 'IPv4',
    endpoints: [
      ...list(field(subset, 'addresses'), readAddress(true)),
      ...list(field(subset, 'notReadyAddresses'), readAddress(false)),
    ],
    ports: list(field(subset, 'ports'), readPort),
  }));
}
