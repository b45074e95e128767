import {
  checkEmptyValues,
  checkIpBlocks,
  checkPortTexts,
  checkServiceAccounts,
} from './authorization-values';

type Check = (key: string, values: readonly string[]) => string | undefined;

/** `a[b]`. */
function checkMapKey(key: string): string | undefined {
  const open = key.indexOf('[');
  return key.endsWith(']') && open > 0 && open < key.length - 2
    ? undefined
    : `bad key (${key}): should have format a[b]`;
}

const anything: Check = () => undefined;
const addresses: Check = (_, values) => checkIpBlocks(values);
const deprecated: Check = key => `deprecated attribute ${key}: only supported in v1alpha1`;

const exact: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['source.ip', addresses],
  ['remote.ip', addresses],
  ['destination.ip', addresses],
  ['source.namespace', anything],
  ['source.serviceAccount', checkServiceAccounts],
  ['source.principal', anything],
  ['request.auth.principal', anything],
  ['request.auth.audiences', anything],
  ['request.auth.presenter', anything],
  ['destination.port', (_, values) => checkPortTexts(values)],
  ['connection.sni', anything],
  ['destination.namespace', key => `attribute ${key} is replaced by the metadata.namespace`],
  ['destination.name', deprecated],
  ['destination.user', deprecated],
]);
const prefixes: readonly (readonly [string, Check])[] = [
  ['request.headers', checkMapKey],
  ['request.experimental.inline.headers', checkMapKey],
  ['request.auth.claims', checkMapKey],
  ['experimental.envoy.filters.', checkMapKey],
  ['destination.labels', key => `attribute ${key} is replaced by the workload selector`],
];

/** `security.ValidateAttribute`: a condition's key and its values. */
export function checkAttribute(key: string, values: readonly string[]): string | undefined {
  const empty = checkEmptyValues(key, values);
  if (empty !== undefined) return empty;
  const check = exact.get(key) ?? prefixes.find(([prefix]) => key.startsWith(prefix))?.[1];
  return check === undefined ? `unknown attribute: ${key}` : check(key, values);
}
