import { quoted } from '../findings';
import { isIpAddress, isIpPrefix } from './ip-address';

/** `security.CheckEmptyValues`. */
export const checkEmptyValues = (key: string, values: readonly string[]): string | undefined =>
  values.includes('') ? `empty value not allowed, found in ${key}` : undefined;

/** `security.ValidateIPs`. */
export function checkIpBlocks(values: readonly string[]): string | undefined {
  const wrong = values.find(value =>
    value.includes('/') ? !isIpPrefix(value) : !isIpAddress(value),
  );
  if (wrong === undefined) return undefined;
  return wrong.includes('/') ? `bad CIDR range (${wrong})` : `bad IP address (${wrong})`;
}

/** `security.ValidatePorts`: numbers from 0. */
export function checkPortTexts(values: readonly string[]): string | undefined {
  const wrong = values.find(value => !/^\d+$/.test(value) || Number(value) > 65535);
  return wrong === undefined ? undefined : `bad port (${wrong})`;
}

function checkServiceAccount(key: string, value: string): string | undefined {
  if (value === '') return `empty value not allowed, found in ${key}`;
  if (value.includes('*')) return `wildcard not allowed, found in ${key}`;
  if (value.length > 320)
    return `value cannot exceed 320 characters, found ${quoted(value)} in ${key}`;
  const parts = value.split('/');
  return parts.length > 2 || parts.includes('')
    ? `expected format 'serviceAccount' or 'namespace/serviceAccount', found ${quoted(value)} in ${key}`
    : undefined;
}

/** `security.CheckServiceAccount`. */
export function checkServiceAccounts(key: string, values: readonly string[]): string | undefined {
  if (values.length > 16) return 'may not have more than 16 values';
  for (const value of values) {
    const wrong = checkServiceAccount(key, value);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

const operators = ['{*}', '{**}'];
const literal = /^[a-zA-Z0-9\-._~%!$&'()+,;:@=]+$/;

function checkPath(key: string, text: string): string | undefined {
  const path = text.replace(/^\/+|\/+$/g, '');
  const templated = operators.some(operator => text.includes(operator));
  const invalid = `invalid or unsupported path ${path}, found in ${key}.`;
  let ended = false;
  for (const segment of path.split('/')) {
    if (operators.includes(segment)) {
      if (ended) return `${invalid} {**} is not the last operator`;
      ended = segment === '{**}';
    } else if (/[{}]/.test(segment)) {
      return `${invalid} Contains '{' or '}' beyond a supported path template`;
    } else if (templated && !literal.test(segment)) {
      return `${invalid} Contains segment ${segment} with invalid string literal`;
    }
  }
  return undefined;
}

/** `security.CheckValidPathTemplate`. */
export function checkPathTemplates(key: string, paths: readonly string[]): string | undefined {
  for (const path of paths) {
    const wrong = checkPath(key, path);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}
