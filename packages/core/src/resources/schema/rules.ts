import { isObject, type JsonObject, own } from '../decode/cursor';
import { scalarText } from '../decode/scalar-text';
import { compareWithMilliseconds, parseGoDuration } from './duration';
import type { SchemaRule } from './schema-rule';

/* The CEL rules of Istio's CRDs (`manifests/charts/base/files/crd-all.gen.yaml`), one function each. */

const onText = (message: string, holds: (text: string) => boolean): SchemaRule => ({
  message,
  holds: value => typeof value !== 'string' || holds(value),
});
const onNumber = (message: string, holds: (number: number) => boolean): SchemaRule => ({
  message,
  holds: value => typeof value !== 'number' || holds(value),
});
const onObject = (message: string, holds: (object: JsonObject) => boolean): SchemaRule => ({
  message,
  holds: value => !isObject(value) || holds(value),
});
const onKeys = (message: string, holds: (key: string) => boolean): SchemaRule =>
  onObject(message, object => Object.keys(object).every(holds));

const has = (object: JsonObject, key: string) => own(object, key) !== undefined;
const count = (object: JsonObject, names: readonly string[]) =>
  names.filter(name => has(object, name)).length;

export const notWildcard = onText('hostname cannot be wildcard', text => text !== '*');
export const noWildcard = onText(
  'wildcard is not supported in selector',
  text => !text.includes('*'),
);
export const mustBeEmpty = onText(
  'cross namespace referencing is not currently supported',
  text => text === '',
);
export const probeScheme = onText('scheme must be one of [HTTP, HTTPS]', text =>
  ['', 'HTTP', 'HTTPS'].includes(text),
);
export const absoluteSocket = onText(
  'UDS must be an absolute path or abstract socket',
  text => !text.startsWith('unix://') || /^[/@]/.test(text.slice(7)),
);
export const socketIsFile = onText(
  'UDS may not be a dir',
  text => !text.startsWith('unix://') || !text.endsWith('/'),
);

const schemeOf = (text: string) => /^([A-Za-z][-+.A-Za-z0-9]*):/.exec(text)?.[1]?.toLowerCase();
export const httpUrl = onText('url must have scheme http:// or https://', text =>
  ['http', 'https'].includes(schemeOf(text) ?? ''),
);
/** A text that is no URL by itself is tried with `http://` in front. */
export const pluginUrl = onText('url must have schema one of [http, https, file, oci]', text => {
  const scheme = text.startsWith('/') ? '' : schemeOf(text);
  return scheme === undefined || /^\d/.test(text.slice(scheme.length + 1))
    ? !/\s/.test(text)
    : ['', 'http', 'https', 'file', 'oci'].includes(scheme);
});

export const portRange = onNumber(
  'port must be between 1-65535',
  port => port > 0 && port <= 65535,
);
export const atLeastOneMillisecond = onText('must be a valid duration greater than 1ms', text => {
  const duration = parseGoDuration(text);
  return duration !== undefined && compareWithMilliseconds(duration, 1) >= 0;
});

export const noWildcardKeys = onKeys(
  'wildcard not allowed in label key match',
  key => !key.includes('*'),
);
export const noEmptyKeys = onKeys('key must not be empty', key => key !== '');
export const portNameKeys = onKeys(
  'port name must be valid',
  key => [...key].length < 63 && /^[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?$/.test(key),
);
export const portKeys = onKeys('port must be between 1-65535', key => {
  const port = /^[-+]?\d+$/.test(key) ? Number(key) : 0;
  return port > 0 && port <= 65535;
});

export const atMostOne = (...names: readonly string[]): SchemaRule =>
  onObject(`only one of ${names.join(', ')} can be set`, object => count(object, names) <= 1);
export const exactlyOne = (...names: readonly string[]): SchemaRule =>
  onObject(`exactly one of ${names.join(', ')} must be set`, object => count(object, names) === 1);

export const addressOrNetwork = onObject(
  'Address is required',
  entry => has(entry, 'address') || has(entry, 'network'),
);
export const socketWithoutPorts = onObject('UDS may not include ports', entry => {
  const address = own(entry, 'address');
  return typeof address !== 'string' || !address.startsWith('unix://') || !has(entry, 'ports');
});

const resolutionOf = (entry: JsonObject) => own(entry, 'resolution') ?? 'NONE';
const items = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const noEndpointsForNone = onObject(
  'NONE mode cannot set endpoints',
  entry => resolutionOf(entry) !== 'NONE' || !has(entry, 'endpoints'),
);
export const oneRoundRobinEndpoint = onObject(
  'DNS_ROUND_ROBIN mode cannot have multiple endpoints',
  entry => resolutionOf(entry) !== 'DNS_ROUND_ROBIN' || items(own(entry, 'endpoints')).length <= 1,
);
export const rangesOnlyWithoutDns = onObject(
  'CIDR addresses are allowed only for NONE/STATIC resolution types',
  entry =>
    ['NONE', 'STATIC'].includes(scalarText(resolutionOf(entry))) ||
    !items(own(entry, 'addresses')).some(
      address => typeof address === 'string' && address.includes('/'),
    ),
);
export const uniqueNumbers: SchemaRule = {
  message: 'port number cannot be duplicated',
  holds: ports => {
    const numbers = items(ports).map(port => own(port, 'number'));
    return new Set(numbers).size === numbers.length;
  },
};

export const portLevelNeedsSelector = onObject('portLevelMtls requires selector', policy => {
  const labels = own(own(policy, 'selector'), 'matchLabels');
  return !has(policy, 'portLevelMtls') || (isObject(labels) && Object.keys(labels).length > 0);
});
export const serviceAccountsAlone = onObject(
  'Cannot set serviceAccounts with namespaces or principals',
  source =>
    count(source, ['serviceAccounts', 'notServiceAccounts']) === 0 ||
    count(source, ['principals', 'notPrincipals', 'namespaces', 'notNamespaces']) === 0,
);
export const valueOnlyInline = onObject(
  'value may only be set when valueFrom is INLINE',
  variable => own(variable, 'valueFrom') !== 'HOST' || !has(variable, 'value'),
);
export const waypointOnlyInContext = onObject(
  'only support waypointMatch when context is WAYPOINT',
  match => (own(match, 'context') === 'WAYPOINT') === has(match, 'waypoint'),
);
/** CEL fails on a missing `value`, which counts as a violation. */
export const upsertNeedsValue = onObject(
  'value must be set when operation is UPSERT',
  tag => own(tag, 'operation') !== 'UPSERT' || (has(tag, 'value') && own(tag, 'value') !== ''),
);
export const removeWithoutValue = onObject(
  'value must not be set when operation is REMOVE',
  tag => own(tag, 'operation') !== 'REMOVE' || !has(tag, 'value'),
);
