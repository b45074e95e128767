import type { ValueOf } from '../../schema';
import type { authorizationPolicySchema } from '../../schema/kinds/authorization-policy';
import { type Findings, merge, noFindings, reject, rejectIf, warn } from '../findings';
import type { Subject } from '../subject';
import { checkAttribute } from '../syntax/authorization-attribute';
import {
  checkEmptyValues,
  checkIpBlocks,
  checkPathTemplates,
  checkPortTexts,
  checkServiceAccounts,
} from '../syntax/authorization-values';
import { validatePolicyTarget } from './policy-target';

type PolicyMessage = ValueOf<typeof authorizationPolicySchema>;
type Rule = PolicyMessage['rules'][number];
type Source = NonNullable<Rule['from'][number]['source']>;
type Operation = NonNullable<Rule['to'][number]['operation']>;

const capitalised = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

/** Source attributes that a TCP filter knows. */
const tcpSources = [
  'principals',
  'notPrincipals',
  'ipBlocks',
  'notIpBlocks',
  'namespaces',
  'notNamespaces',
  'remoteIpBlocks',
  'notRemoteIpBlocks',
  'serviceAccounts',
  'notServiceAccounts',
] as const satisfies readonly (keyof Source)[];
const addressSources = ['ipBlocks', 'notIpBlocks', 'remoteIpBlocks', 'notRemoteIpBlocks'] as const;
const accountSources = ['serviceAccounts', 'notServiceAccounts'] as const;

const isEmpty = (message: Readonly<Record<string, readonly string[]>>) =>
  Object.values(message).every(values => values.length === 0);

function validateSource(findings: Findings, source: Source, at: number, path: string): void {
  if (isEmpty(source)) {
    const message = `\`from.source\` must not be empty, found at rule ${at}`;
    reject(findings, 'missing', path, message);
  }
  const refuse = (field: string, wrong: string | undefined) =>
    rejectIf(findings, 'match-invalid', `${path}.${field}`, wrong);
  for (const field of addressSources) refuse(field, checkIpBlocks(source[field]));
  for (const field of accountSources) {
    refuse(field, checkServiceAccounts(capitalised(field), source[field]));
  }
  for (const [field, values] of Object.entries(source)) {
    if (field === 'serviceAccounts' || field === 'notServiceAccounts') continue;
    refuse(field, checkEmptyValues(capitalised(field), values));
  }
  const accounts = source.serviceAccounts.length + source.notServiceAccounts.length > 0;
  const others = [source.principals, source.notPrincipals, source.namespaces, source.notNamespaces];
  if (accounts && others.some(values => values.length > 0)) {
    const message = `cannot set serviceAccounts with namespaces or principals, found at rule ${at}`;
    reject(findings, 'conflict', path, message);
  }
}

function validateOperation(
  findings: Findings,
  operation: Operation,
  at: number,
  path: string,
): void {
  if (isEmpty(operation)) {
    const message = `\`to.operation\` must not be empty, found at rule ${at}`;
    reject(findings, 'missing', path, message);
  }
  const refuse = (field: string, wrong: string | undefined) =>
    rejectIf(findings, 'match-invalid', `${path}.${field}`, wrong);
  refuse('ports', checkPortTexts(operation.ports));
  refuse('notPorts', checkPortTexts(operation.notPorts));
  for (const [field, values] of Object.entries(operation)) {
    refuse(field, checkEmptyValues(capitalised(field), values));
  }
  refuse('paths', checkPathTemplates('Paths', operation.paths));
  refuse('notPaths', checkPathTemplates('NotPaths', operation.notPaths));
}

function validateConditions(findings: Findings, rule: Rule, path: string): void {
  rule.when.forEach(({ key, values, notValues }, at) => {
    const place = `${path}.when.${at}`;
    const refuse = (message: string) => reject(findings, 'match-invalid', place, message);
    if (key === '') {
      refuse('`key` must not be empty');
      return;
    }
    if (values.length + notValues.length === 0) {
      refuse(`at least one of \`values\` or \`notValues\` must be set for key ${key}`);
      return;
    }
    const wrong = checkAttribute(key, values);
    if (wrong !== undefined) refuse(`invalid \`value\` for \`key\` ${key}: ${wrong}`);
    const wrongNot = checkAttribute(key, notValues);
    if (wrongNot !== undefined) refuse(`invalid \`notValue\` for \`key\` ${key}: ${wrongNot}`);
  });
}

const denyAllTcp =
  'configured AuthorizationPolicy will deny all traffic to TCP ports under its scope due to the use of only HTTP attributes in a DENY rule; it is recommended to explicitly specify the port';

function warnOfHttpOnly(findings: Findings, rule: Rule, path: string): void {
  const sources = rule.from.flatMap(({ source }) => source ?? []);
  const operations = rule.to.flatMap(({ operation }) => operation ?? []);
  const tcpFrom = sources.some(source => tcpSources.some(field => source[field].length > 0));
  const tcpTo = operations.some(({ ports, notPorts }) => ports.length + notPorts.length > 0);
  const fromOnly = sources.length > 0 && operations.length === 0 && !tcpFrom;
  if (fromOnly || (operations.length > 0 && !tcpTo)) warn(findings, 'no-effect', path, denyAllTcp);
}

function validateRule(findings: Findings, rule: Rule, at: number): void {
  const path = `spec.rules.${at}`;
  rule.from.forEach(({ source }, index) => {
    const place = `${path}.from.${index}.source`;
    const message = `\`from.source\` must not be nil, found at rule ${at}`;
    if (source === undefined) reject(findings, 'missing', place, message);
    else validateSource(findings, source, at, place);
  });
  rule.to.forEach(({ operation }, index) => {
    const place = `${path}.to.${index}.operation`;
    const message = `\`to.operation\` must not be nil, found at rule ${at}`;
    if (operation === undefined) reject(findings, 'missing', place, message);
    else validateOperation(findings, operation, at, place);
  });
  validateConditions(findings, rule, path);
}

const customSources = [
  'namespaces',
  'notNamespaces',
  'serviceAccounts',
  'notServiceAccounts',
  'principals',
  'notPrincipals',
  'requestPrincipals',
  'notRequestPrincipals',
] as const;

const customKeys = new Set(['source.namespace', 'source.serviceAccount', 'source.principal']);

/** Attributes that an external authorizer's policy cannot use. */
function validateCustomRule(findings: Findings, rule: Rule, path: string): void {
  const refuse = (name: string) => {
    const message = `${name} is currently not supported with CUSTOM action`;
    reject(findings, 'unsupported', path, message);
  };
  for (const { source } of rule.from) {
    for (const field of customSources) {
      if ((source?.[field].length ?? 0) > 0) refuse(`From.${capitalised(field)}`);
    }
  }
  for (const { key } of rule.when) {
    if (customKeys.has(key) || key.startsWith('request.auth.')) refuse(key);
  }
}

function validateAction(findings: Findings, policy: PolicyMessage): void {
  const { action, rules, provider } = policy;
  if ((action === 'CUSTOM' || action === 'DENY') && rules.length === 0) {
    const message = `${action} action without \`rules\` is meaningless as it will never be triggered, add an empty rule \`{}\` if you want it be triggered for every request`;
    reject(findings, 'no-effect', 'spec.rules', message);
  }
  if (action === 'CUSTOM') {
    if (rules.length > 0 && (provider?.name ?? '') === '') {
      reject(findings, 'missing', 'spec.provider', '`provider.name` must not be empty');
    }
    rules.forEach((rule, at) => {
      validateCustomRule(findings, rule, `spec.rules.${at}`);
    });
  } else if (provider !== undefined) {
    const message = `\`provider\` must not be with non CUSTOM action, found ${action}`;
    reject(findings, 'conflict', 'spec.provider', message);
  }
}

/** `ValidateAuthorizationPolicy`: every error starts with the policy's name. */
export function validateAuthorizationPolicy(
  findings: Findings,
  { name, namespace }: Subject,
  policy: PolicyMessage,
): void {
  const found = noFindings();
  validatePolicyTarget(found, policy);
  validateAction(found, policy);
  policy.rules.forEach((rule, at) => {
    validateRule(found, rule, at);
    if (policy.action === 'DENY') warnOfHttpOnly(found, rule, `spec.rules.${at}`);
  });
  const prefix = `invalid policy ${name}.${namespace}:`;
  const errors = found.errors.map(error => ({ ...error, message: `${prefix} ${error.message}` }));
  merge(findings, { errors, warnings: found.warnings });
}
