import type { ObjectRef, Origin, SourceRef } from '../origin';
import type { Call, WorkloadRef } from '../simulation';
import type { AuditContext } from './audit-context';
import type { Fix } from './findings/fix';
import type { WorkloadSet } from './findings/workload-set';

/** `error`: calls fail or a control is void; `warning`: likely not what is meant; `info`: worth knowing. */
export type Level = 'error' | 'warning' | 'info';

/** What a rule needs to be able to say something; without it the rule does not run and the report says so. */
export type RuleInput =
  | 'workloads'
  | 'namespaces'
  | 'services'
  | 'network-policies'
  | 'declared-hosts';

/** One thing that a rule found. */
export interface Hit {
  readonly object: ObjectRef;
  readonly source?: SourceRef;
  /** Dotted path of the field it points to. */
  readonly path?: string;
  readonly message: string;
  /** When it differs from the rule's level. */
  readonly level?: Level;
  /** Blast radius: whose calls. */
  readonly workloads?: readonly WorkloadRef[] | WorkloadSet;
  /** Blast radius: calls to whom. */
  readonly hosts?: readonly string[];
  /** Port that the finding is about; it picks the call that shows it. */
  readonly port?: number;
  /** A call that shows it; the report traces it. One to the first host when not given. */
  readonly evidence?: Call;
  readonly fix?: Fix;
}

/** A check: metadata and a pure function. Ids are stable for ever. */
export interface Rule {
  readonly id: string;
  readonly level: Level;
  readonly title: string;
  /** One sentence: why this matters. */
  readonly why: string;
  readonly inputs: readonly RuleInput[];
  /** Codes of other tools for the same thing. */
  readonly aliases: readonly string[];
  /** Scenarios and standards, for example `S20`, `PCI DSS 1.3.2`. */
  readonly tags: readonly string[];
  readonly check: (context: AuditContext) => Iterable<Hit>;
}

/** The place that an origin names, of a whole object its name; a default or an option has no place. */
export function placeOf(
  origin: Origin,
): { readonly object: ObjectRef; readonly source?: SourceRef; readonly path: string } | undefined {
  if (origin.kind !== 'object') return undefined;
  const { object, source } = origin;
  const path = origin.path === '' ? 'metadata.name' : origin.path;
  return source === undefined ? { object, path } : { object, path, source };
}
