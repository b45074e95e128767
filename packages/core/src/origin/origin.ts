import type { ObjectRef } from './object-ref';
import type { SourceRef } from './source';

/** A field of an object, for example `spec.hosts.0`, decided this. */
export interface ObjectOrigin {
  readonly kind: 'object';
  readonly object: ObjectRef;
  /** Dotted path of the deciding field inside the object; empty for the object as a whole. */
  readonly path: string;
  readonly source?: SourceRef;
}

/** A built-in default of Istio, Envoy, Kubernetes or the kernel decided this. */
export interface DefaultOrigin {
  readonly kind: 'default';
  /** Name of the setting and its default value, for example `outboundTrafficPolicy.mode=ALLOW_ANY`. */
  readonly default: string;
  /** First Istio version, `major.minor`, that has this default. */
  readonly since?: string;
  /** Last Istio version that has it. */
  readonly until?: string;
}

/** What the caller of the library or tool set: a command line option, a form field. */
export interface OptionOrigin {
  readonly kind: 'option';
  readonly option: string;
}

/** What caused a rule, a listener, a route, a verdict. It never points nowhere. */
export type Origin = ObjectOrigin | DefaultOrigin | OptionOrigin;
