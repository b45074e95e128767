import { digest } from '../access';
import type { ObjectRef, SourceRef } from '../origin';
import type { Call, WorkloadRef } from '../simulation';
import type { Fix } from './fix';
import type { Hit, Level, Rule } from './rule';

/** Longest list of affected workloads or hosts in a finding; the count is always whole. */
export const listLimit = 20;

export interface Affected<T> {
  readonly count: number;
  /** At most `listLimit`. */
  readonly list: readonly T[];
}

/** A rule's hit with everything a reader needs. Plain data. */
export interface Finding {
  /** Id of the rule. */
  readonly id: string;
  /** Stable over runs and line shifts: rule, object, field and message. */
  readonly fingerprint: string;
  readonly level: Level;
  readonly title: string;
  readonly message: string;
  readonly why: string;
  readonly object: ObjectRef;
  readonly source?: SourceRef;
  readonly path?: string;
  readonly workloads: Affected<WorkloadRef>;
  readonly hosts: Affected<string>;
  readonly evidence?: Call;
  readonly fix?: Fix;
  readonly aliases: readonly string[];
  readonly tags: readonly string[];
  /** Page below docs/checks. */
  readonly docs: string;
}

const affected = <T>(items: readonly T[] = []): Affected<T> => ({
  count: items.length,
  list: items.slice(0, listLimit),
});

export function makeFinding(rule: Rule, hit: Hit): Finding {
  const { object, source, path, message, evidence, fix } = hit;
  const place = `${object.kind} ${object.namespace ?? ''}/${object.name}`;
  return {
    id: rule.id,
    fingerprint: digest(`${rule.id}\n${place}\n${path ?? ''}\n${message}`),
    level: hit.level ?? rule.level,
    title: rule.title,
    message,
    why: rule.why,
    object,
    ...(source === undefined ? {} : { source }),
    ...(path === undefined ? {} : { path }),
    workloads: affected(hit.workloads),
    hosts: affected(hit.hosts),
    ...(evidence === undefined ? {} : { evidence }),
    ...(fix === undefined ? {} : { fix }),
    aliases: rule.aliases,
    tags: rule.tags,
    docs: `checks/${rule.id.replace('/', '-')}.md`,
  };
}
