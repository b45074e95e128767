import type { ValueOf } from '../../schema';
import type { headers } from '../../schema/kinds/headers';
import { type Findings, quoted, reject, rejectIf } from '../findings';
import {
  checkChangedHeader,
  checkSetRequestHeader,
  isAuthorityHeader,
} from '../syntax/header-name';
import { checkHeaderValue } from '../syntax/header-value';

type HeadersMessage = ValueOf<typeof headers>;
type Operations = NonNullable<HeadersMessage['request']>;

function validateOperations(
  findings: Findings,
  operations: Operations | undefined,
  checkName: (name: string) => string | undefined,
  path: string,
): void {
  if (operations === undefined) return;
  for (const field of ['add', 'set'] as const) {
    for (const [name, value] of operations[field] ?? []) {
      const at = `${path}.${field}.${name}`;
      rejectIf(findings, 'header-invalid', at, checkName(name));
      rejectIf(findings, 'header-invalid', at, checkHeaderValue(value));
    }
  }
  operations.remove.forEach((name, at) => {
    rejectIf(findings, 'header-invalid', `${path}.remove.${at}`, checkChangedHeader(name));
  });
}

/** Header manipulation of a route or of one of its destinations. */
export function validateHeaders(
  findings: Findings,
  message: HeadersMessage | undefined,
  path: string,
): void {
  if (message === undefined) return;
  validateOperations(findings, message.request, checkSetRequestHeader, `${path}.request`);
  validateOperations(findings, message.response, checkChangedHeader, `${path}.response`);
}

/** `validateAuthorityRewrite`: the authority is set in one place only. */
export function validateAuthorityRewrite(
  findings: Findings,
  authority: string,
  message: HeadersMessage | undefined,
  path: string,
): void {
  let current = authority;
  const { set, add } = message?.request ?? {};
  for (const [name, value] of [...(set ?? []), ...(add ?? [])]) {
    if (!isAuthorityHeader(name)) continue;
    if (current !== '') {
      const text = `authority header cannot be set multiple times: have ${quoted(current)}, attempting to set ${quoted(value)}`;
      reject(findings, 'conflict', path, text);
      return;
    }
    current = value;
  }
}
