import { digest } from '../../access';
import type { ObjectRef, SourceRef } from '../../origin';
import type { WorkloadRef } from '../../simulation';
import type { Hit, Level, Rule } from '../rule';
import type { BlastRadius } from './blast-radius';
import type { Evidence } from './evidence';
import type { Fix } from './fix';

/** Longest list of affected workloads or hosts in a finding unless the caller wants another; the count is always whole. */
export const listLimit = 20;

export interface Affected<T> {
  readonly count: number;
  /** The first of them, at most as many as the caller wants. */
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
  /** Line and column of the field, both from 1, where the caller has the text. */
  readonly position?: { readonly line: number; readonly column: number };
  /** Who answers for the object: the catalog, or a label or annotation. */
  readonly owner?: string;
  readonly workloads: Affected<WorkloadRef>;
  readonly hosts: Affected<string>;
  /** A traced call that shows it. */
  readonly evidence?: Evidence;
  readonly fix?: Fix;
  readonly aliases: readonly string[];
  readonly tags: readonly string[];
  /** Page below docs/checks. */
  readonly docs: string;
}

/** What a finding gets beside the hit. */
export interface FindingDetails {
  readonly radius: BlastRadius;
  readonly limit: number;
  readonly owner?: string;
  readonly evidence?: Evidence;
}

export function makeFinding(rule: Rule, hit: Hit, details: FindingDetails): Finding {
  const { object, path, message } = hit;
  const { radius, limit, owner, evidence } = details;
  const place = `${object.kind} ${object.namespace ?? ''}/${object.name}`;
  const hosts = [...new Set(radius.hosts)];
  return {
    id: rule.id,
    fingerprint: digest(`${rule.id}\n${place}\n${path ?? ''}\n${message}`),
    level: hit.level ?? rule.level,
    title: rule.title,
    message,
    why: rule.why,
    object,
    ...(hit.source !== undefined && { source: hit.source }),
    ...(path !== undefined && { path }),
    ...(owner !== undefined && { owner }),
    workloads: { count: radius.workloads.count, list: radius.workloads.first(limit) },
    hosts: { count: hosts.length, list: hosts.slice(0, limit) },
    ...(evidence !== undefined && { evidence }),
    ...(hit.fix !== undefined && { fix: hit.fix }),
    aliases: rule.aliases,
    tags: rule.tags,
    docs: `checks/${rule.id.replace('/', '-')}.md`,
  };
}
