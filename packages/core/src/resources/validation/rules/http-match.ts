import { type Findings, rejectIf, withoutWarnings } from '../findings';
import { isDnsLabel } from '../syntax/dns-name';
import { checkMatchHeader } from '../syntax/header-name';
import { validateLabels } from '../syntax/label';
import { checkPort } from '../syntax/port';
import { checkMatchExpression, checkStringMatch } from '../syntax/regular-expression';
import { validateGatewayNames } from './gateway-names';
import type { HttpRouteMessage } from './virtual-service-message';

type HttpMatch = HttpRouteMessage['match'][number];

function validateHeaderMatches(findings: Findings, match: HttpMatch, path: string): void {
  for (const [name, value] of match.headers ?? []) {
    const at = `${path}.headers.${name}`;
    rejectIf(findings, 'header-invalid', at, checkMatchHeader(name));
    rejectIf(findings, 'match-invalid', at, checkStringMatch(value, 'headers'));
  }
  for (const [name, value] of match.withoutHeaders ?? []) {
    const at = `${path}.withoutHeaders.${name}`;
    rejectIf(findings, 'header-invalid', at, checkMatchHeader(name));
    // `*` is no expression here: it asks for the header to be present.
    if (value.regex === '*') continue;
    rejectIf(findings, 'match-invalid', at, checkStringMatch(value, 'withoutHeaders'));
  }
}

/** `validateHTTPRouteMatchRequest`: only the path may have an empty prefix. */
export function validateHttpMatch(findings: Findings, match: HttpMatch, path: string): void {
  validateHeaderMatches(findings, match, path);
  rejectIf(findings, 'match-invalid', `${path}.uri`, checkMatchExpression(match.uri, 'uri'));
  for (const field of ['scheme', 'method', 'authority'] as const) {
    const wrong = checkStringMatch(match[field], field);
    rejectIf(findings, 'match-invalid', `${path}.${field}`, wrong);
  }
  for (const [name, value] of match.queryParams ?? []) {
    const wrong = checkStringMatch(value, 'queryParams');
    rejectIf(findings, 'match-invalid', `${path}.queryParams.${name}`, wrong);
  }
  if (match.port !== 0) {
    rejectIf(findings, 'port-invalid', `${path}.port`, checkPort(match.port));
  }
  validateLabels(findings, match.sourceLabels, `${path}.sourceLabels`);
  withoutWarnings(findings, inner =>
    validateGatewayNames(inner, match.gateways, `${path}.gateways`),
  );
  const namespace = match.sourceNamespace;
  const wrong =
    namespace === '' || isDnsLabel(namespace)
      ? undefined
      : `sourceNamespace match ${namespace} is invalid`;
  rejectIf(findings, 'name-invalid', `${path}.sourceNamespace`, wrong);
}
