import type { MeshChange } from '../../mesh';
import type { Labels } from '../../resources';
import type { Trace } from '../../simulation';

/** What a suggestion changes; closed. */
export const fixKinds = [
  /** A new ServiceEntry for the host. */
  'register',
  /** `exportTo` of a ServiceEntry. */
  'export',
  /** Egress hosts of the Sidecar. */
  'import',
  /** A port more in a ServiceEntry. */
  'add-port',
  /** Protocol of a port of a ServiceEntry. */
  'protocol',
  /** Name of a port of a Kubernetes Service, which decides its protocol. */
  'port-name',
  /** Resolution of a ServiceEntry without endpoints. */
  'resolution',
  /** A DestinationRule that originates TLS. */
  'originate-tls',
  /** No origination where the client speaks TLS itself. */
  'single-tls',
  /** Server name of an origination. */
  'server-name',
  /** Mesh TLS towards a pod that wants it. */
  'mesh-tls',
  /** A receiving side that takes plaintext as well. */
  'permissive',
  /** An AuthorizationPolicy that lets the caller in. */
  'allow',
  /** NetworkPolicies beside those that deny: policies add up. */
  'network-policy',
  /** A subset that a route names. */
  'subset',
  /** The agent answers DNS: an annotation of the workload. */
  'dns-capture',
] as const;
export type FixKind = (typeof fixKinds)[number];

/** Something that may make a call succeed, before it is tried. */
export interface FixCandidate {
  readonly kind: FixKind;
  /** Imperative: `export the ServiceEntry bank/pay to shop`. */
  readonly title: string;
  readonly changes: readonly MeshChange[];
  /** New or changed manifests, as plain values. */
  readonly manifests: readonly Manifest[];
}

export type Manifest = Readonly<Record<string, unknown>>;

const source = { file: 'suggested', document: 0, line: 1 } as const;

/** A candidate that applies manifests. */
export function applying(
  kind: FixKind,
  title: string,
  ...manifests: readonly Manifest[]
): FixCandidate {
  return {
    kind,
    title,
    manifests,
    changes: manifests.map(value => ({ kind: 'apply', resource: { value, source } })),
  };
}

/** The label that names an application, by custom alone enough to select its pods; else all of them. */
export const selectorOf = (labels: Labels): Labels =>
  Object.hasOwn(labels, 'app') ? { app: labels.app ?? '' } : labels;

/** A name for an object about a host. */
export const slug = (host: string): string =>
  host
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');

export function callerNamespace({ call }: Trace): string {
  return 'outside' in call.from ? 'default' : call.from.namespace;
}
