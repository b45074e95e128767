import { type Cursor, field } from './decode/cursor';
import {
  compact,
  enumeration,
  list,
  message,
  optionalTexts,
  text,
  textMap,
} from './decode/scalars';
import type { Labels, Resource } from './resource';

export interface AuthorizationSource {
  readonly principals?: readonly string[];
  readonly notPrincipals?: readonly string[];
  readonly namespaces?: readonly string[];
  readonly notNamespaces?: readonly string[];
  readonly ipBlocks?: readonly string[];
  readonly notIpBlocks?: readonly string[];
  readonly remoteIpBlocks?: readonly string[];
  readonly notRemoteIpBlocks?: readonly string[];
  readonly requestPrincipals?: readonly string[];
  readonly notRequestPrincipals?: readonly string[];
  readonly serviceAccounts?: readonly string[];
  readonly notServiceAccounts?: readonly string[];
}
export interface AuthorizationOperation {
  readonly hosts?: readonly string[];
  readonly notHosts?: readonly string[];
  readonly ports?: readonly string[];
  readonly notPorts?: readonly string[];
  readonly methods?: readonly string[];
  readonly notMethods?: readonly string[];
  readonly paths?: readonly string[];
  readonly notPaths?: readonly string[];
}
export interface AuthorizationRule {
  readonly from: readonly AuthorizationSource[];
  readonly to: readonly AuthorizationOperation[];
  readonly when: readonly {
    readonly key: string;
    readonly values?: readonly string[];
    readonly notValues?: readonly string[];
  }[];
}
export interface AuthorizationPolicySpec {
  readonly selector?: { readonly matchLabels: Labels };
  /** Kinds and names of gateways or services that the policy is for, instead of workloads. */
  readonly targetRefs?: readonly { readonly kind: string; readonly name: string }[];
  readonly action: 'ALLOW' | 'DENY' | 'AUDIT' | 'CUSTOM';
  /** Absent and empty differ only in text: both match nothing for ALLOW. */
  readonly rules: readonly AuthorizationRule[];
}
export type AuthorizationPolicy = Resource<'AuthorizationPolicy', AuthorizationPolicySpec>;

const actions = ['ALLOW', 'DENY', 'AUDIT', 'CUSTOM'] as const;

function readSource(cursor: Cursor): AuthorizationSource {
  const read = (name: keyof AuthorizationSource) => optionalTexts(field(cursor, name));
  return compact({
    principals: read('principals'),
    notPrincipals: read('notPrincipals'),
    namespaces: read('namespaces'),
    notNamespaces: read('notNamespaces'),
    ipBlocks: read('ipBlocks'),
    notIpBlocks: read('notIpBlocks'),
    remoteIpBlocks: read('remoteIpBlocks'),
    notRemoteIpBlocks: read('notRemoteIpBlocks'),
    requestPrincipals: read('requestPrincipals'),
    notRequestPrincipals: read('notRequestPrincipals'),
    serviceAccounts: read('serviceAccounts'),
    notServiceAccounts: read('notServiceAccounts'),
  });
}

function readOperation(cursor: Cursor): AuthorizationOperation {
  const read = (name: keyof AuthorizationOperation) => optionalTexts(field(cursor, name));
  return compact({
    hosts: read('hosts'),
    notHosts: read('notHosts'),
    ports: read('ports'),
    notPorts: read('notPorts'),
    methods: read('methods'),
    notMethods: read('notMethods'),
    paths: read('paths'),
    notPaths: read('notPaths'),
  });
}

const readCondition = (cursor: Cursor) =>
  compact({
    key: text(field(cursor, 'key')) ?? '',
    values: optionalTexts(field(cursor, 'values')),
    notValues: optionalTexts(field(cursor, 'notValues')),
  });

function readRule(cursor: Cursor): AuthorizationRule {
  return {
    from: list(field(cursor, 'from'), item => readSource(field(item, 'source'))),
    to: list(field(cursor, 'to'), item => readOperation(field(item, 'operation'))),
    when: list(field(cursor, 'when'), readCondition),
  };
}

const readTarget = (cursor: Cursor) => ({
  kind: text(field(cursor, 'kind')) ?? '',
  name: text(field(cursor, 'name')) ?? '',
});

export function readAuthorizationPolicy(spec: Cursor): AuthorizationPolicySpec {
  const targets = [
    ...list(field(spec, 'targetRefs'), readTarget),
    ...(field(spec, 'targetRef').value === undefined ? [] : [readTarget(field(spec, 'targetRef'))]),
  ];
  return compact({
    selector: message(field(spec, 'selector'), item => ({
      matchLabels: textMap(field(item, 'matchLabels')),
    })),
    targetRefs: targets.length === 0 ? undefined : targets,
    action: enumeration(field(spec, 'action'), actions) ?? 'ALLOW',
    rules: list(field(spec, 'rules'), readRule),
  });
}
