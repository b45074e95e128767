import type { RbacCondition, TokenPlaces } from '../../envoy';
import { parseCidr } from '../../net';
import type {
  AuthorizationOperation,
  AuthorizationRule,
  AuthorizationSource,
} from '../../resources';
import {
  headerPattern,
  namespacePattern,
  pathPattern,
  principalPattern,
  serviceAccountPattern,
  stringPattern,
} from './string-patterns';

/** One attribute of a rule: some values of which one must hold, some of which none may. */
export interface RulePart {
  readonly values: readonly string[];
  readonly notValues: readonly string[];
  /** Only requests have it: on a connection it cannot be asked. */
  readonly httpOnly: boolean;
  /** Undefined for a value that means nothing here. */
  readonly condition: (value: string) => RbacCondition | undefined;
}

export interface PartContext {
  /** Of the policy. */
  readonly namespace: string;
  /** Trust domain of the mesh first, then its aliases. */
  readonly trustDomains: readonly string[];
  /** Where the proxy looks for tokens; absent: nowhere. */
  readonly tokens?: TokenPlaces;
}

type MakeCondition = RulePart['condition'];

function part(
  values: readonly string[] = [],
  notValues: readonly string[] = [],
  httpOnly: boolean,
  condition: MakeCondition,
): readonly RulePart[] {
  if (values.length === 0 && notValues.length === 0) return [];
  return [{ values, notValues, httpOnly, condition }];
}

const sourceIp =
  (of: 'direct' | 'remote'): MakeCondition =>
  value => {
    const range = parseCidr(value);
    return range === undefined ? undefined : { kind: 'source-ip', of, range };
  };

const header =
  (name: string, ignoreCase = false): MakeCondition =>
  value => ({
    kind: 'header',
    header: { name, match: headerPattern(value, ignoreCase ? { ignoreCase } : {}) },
  });

/** A principal of the mesh's own trust domain is valid in all its aliases (`pilot/pkg/trustdomain/bundle.go`). */
const principal =
  ({ trustDomains }: PartContext): MakeCondition =>
  value => {
    const [domain = '', ...rest] = value.split('/');
    const own = domain === 'cluster.local' || trustDomains.includes(domain);
    const names =
      own && rest.length > 0 ? trustDomains.map(item => [item, ...rest].join('/')) : [value];
    return {
      kind: 'one-of',
      conditions: names.map(name => ({ kind: 'principal', match: principalPattern(name) })),
    };
  };

const namespace: MakeCondition = value => ({ kind: 'principal', match: namespacePattern(value) });
const serviceAccount =
  (context: PartContext): MakeCondition =>
  value => ({ kind: 'principal', match: serviceAccountPattern(value, context.namespace) });
const port: MakeCondition = value =>
  /^\d{1,5}$/.test(value) ? { kind: 'destination-port', port: Number(value) } : undefined;
/** Attributes of a token are metadata that the filter writes which checks tokens. */
const token =
  ({ tokens }: PartContext): MakeCondition =>
  () => ({ kind: 'token', ...(tokens !== undefined && { places: tokens }) });
const unknown =
  (what: string): MakeCondition =>
  () => ({ kind: 'unknown', what });

/** `pilot/pkg/security/authz/model/model.go:New`, the `from` of a rule. */
export function sourceParts(
  source: AuthorizationSource,
  context: PartContext,
): readonly RulePart[] {
  return [
    ...part(source.ipBlocks, source.notIpBlocks, false, sourceIp('direct')),
    ...part(source.remoteIpBlocks, source.notRemoteIpBlocks, false, sourceIp('remote')),
    ...part(source.namespaces, source.notNamespaces, false, namespace),
    ...part(source.serviceAccounts, source.notServiceAccounts, false, serviceAccount(context)),
    ...part(source.principals, source.notPrincipals, false, principal(context)),
    ...part(source.requestPrincipals, source.notRequestPrincipals, true, token(context)),
  ];
}

/** The `to` of a rule. Hosts are compared without regard to letter case. */
export function operationParts(operation: AuthorizationOperation): readonly RulePart[] {
  const path: MakeCondition = value => ({ kind: 'path', match: pathPattern(value) });
  return [
    ...part(operation.hosts, operation.notHosts, true, header(':authority', true)),
    ...part(operation.ports, operation.notPorts, false, port),
    ...part(operation.paths, operation.notPaths, true, path),
    ...part(operation.methods, operation.notMethods, true, header(':method')),
  ];
}

const destinationIp: MakeCondition = value => {
  const range = parseCidr(value);
  return range === undefined ? undefined : { kind: 'destination-ip', range };
};

interface ConditionKey {
  readonly httpOnly: boolean;
  readonly condition: MakeCondition;
}

function conditionKey(key: string, context: PartContext): ConditionKey {
  const named = /^request\.headers\[(.+)\]$/.exec(key)?.[1];
  if (named !== undefined) return { httpOnly: true, condition: header(named.toLowerCase()) };
  if (key.startsWith('request.auth.')) return { httpOnly: true, condition: token(context) };
  switch (key) {
    case 'source.ip':
      return { httpOnly: false, condition: sourceIp('direct') };
    case 'remote.ip':
      return { httpOnly: false, condition: sourceIp('remote') };
    case 'source.namespace':
      return { httpOnly: false, condition: namespace };
    case 'source.serviceAccount':
      return { httpOnly: false, condition: serviceAccount(context) };
    case 'source.principal':
      return { httpOnly: false, condition: principal(context) };
    case 'destination.ip':
      return { httpOnly: false, condition: destinationIp };
    case 'destination.port':
      return { httpOnly: false, condition: port };
    case 'connection.sni':
      return {
        httpOnly: false,
        condition: value => ({ kind: 'server-name', match: stringPattern(value) }),
      };
    default:
      return { httpOnly: key.startsWith('request.'), condition: unknown(`\`${key}\``) };
  }
}

/** A condition of `when`; it holds beside every `from` and `to` of its rule. */
export function whenParts(
  when: AuthorizationRule['when'],
  context: PartContext,
): readonly RulePart[] {
  return when.flatMap(({ key, values, notValues }) => {
    const { httpOnly, condition } = conditionKey(key, context);
    return part(values, notValues, httpOnly, condition);
  });
}
