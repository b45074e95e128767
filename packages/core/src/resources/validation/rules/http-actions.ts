import { type Findings, quoted, reject, rejectIf, warn } from '../findings';
import { checkCorsHeader } from '../syntax/header-name';
import { isCorsMethod, isGrpcStatus, isHttpStatusText, retryPolicies } from '../syntax/http-words';
import { checkPort } from '../syntax/port';
import { checkMatchExpression, checkRegularExpression } from '../syntax/regular-expression';
import { validateDuration } from './connection-pool';
import { validateDestination } from './destination';
import type { HttpRouteMessage } from './virtual-service-message';

type Part<Name extends keyof HttpRouteMessage> = NonNullable<HttpRouteMessage[Name]>;

const checkStatus = (status: number) =>
  status < 200 || status > 600 ? `HTTP status ${status} is not in range 200-599` : undefined;

/** `validateHTTPRedirect`: the first thing that is wrong. */
export function checkRedirect(redirect: Part<'redirect'>): string | undefined {
  const { uri, authority, scheme, port, derivePort, redirectCode, prefixRewrite } = redirect;
  const ported = port !== undefined || derivePort !== undefined;
  if (uri + authority + scheme + prefixRewrite === '' && !ported) {
    return 'redirect must specify URI, authority, scheme, or port';
  }
  if (redirectCode !== 0 && (redirectCode < 300 || redirectCode > 399)) {
    return `${redirectCode} is not a valid redirect code, must be 3xx`;
  }
  if (!['', 'http', 'https'].includes(scheme)) {
    return 'invalid redirect scheme, must be "http" or "https"';
  }
  return port === undefined || port === 0 ? undefined : checkPort(port);
}

/** `validateHTTPRewrite`. */
export function checkRewrite(rewrite: Part<'rewrite'>): string | undefined {
  const { uri, authority, uriRegexRewrite: regex } = rewrite;
  if (uri !== '' && regex !== undefined) {
    return 'rewrite may only contain one of URI or UriRegexRewrite';
  }
  if (uri === '' && regex === undefined && authority === '') {
    return 'rewrite must specify at least one of URI, UriRegexRewrite, or authority. Only one of URI or UriRegexRewrite may be specified';
  }
  if (regex === undefined) return undefined;
  const wrong =
    regex.match === '' || regex.rewrite === ''
      ? 'UriRegexRewrite requires both Rewrite and Match fields to be specified'
      : checkRegularExpression(regex.match, 'HTTPRewrite.UriRegexRewrite.Match');
  return wrong === undefined ? undefined : `UriRegexRewrite has errors\n${wrong}`;
}

const bodyLimits = { warning: 100 * 1024, error: 1024 * 1024 };
const largeBody = 'large direct_responses may impact control plane performance';

export function validateDirectResponse(
  findings: Findings,
  response: Part<'directResponse'>,
  path: string,
): void {
  const body = response.body;
  const size = body?.string?.length ?? ((body?.bytes?.length ?? 0) * 3) / 4;
  if (size > bodyLimits.error) {
    reject(findings, 'range-invalid', `${path}.body`, `${largeBody}, must be less than 1MB`);
  } else if (size > bodyLimits.warning) warn(findings, 'range-invalid', `${path}.body`, largeBody);
  rejectIf(findings, 'range-invalid', `${path}.status`, checkStatus(response.status));
}

function checkPercentage(percentage: { readonly value: number } | undefined): string | undefined {
  const value = percentage?.value ?? 0;
  return value < 0 || value > 100 || (value > 0 && value < 0.0001)
    ? `percentage ${value} is neither 0.0, nor in range [0.0001, 100.0]`
    : undefined;
}

type Abort = NonNullable<Part<'fault'>['abort']>;
type Delay = NonNullable<Part<'fault'>['delay']>;

function validateAbort(findings: Findings, abort: Abort, path: string): void {
  rejectIf(findings, 'range-invalid', `${path}.percentage`, checkPercentage(abort.percentage));
  if (abort.grpcStatus !== undefined) {
    if (isGrpcStatus(abort.grpcStatus)) return;
    const message = `gRPC status ${quoted(abort.grpcStatus)} is not supported. See https://github.com/grpc/grpc/blob/master/doc/statuscodes.md for a list of supported codes, for example 'NOT_FOUND'`;
    reject(findings, 'unsupported', `${path}.grpcStatus`, message);
  } else if (abort.http2Error !== undefined) {
    const message = 'HTTP/2 abort fault injection not supported yet';
    reject(findings, 'unsupported', `${path}.http2Error`, message);
  } else if (abort.httpStatus !== undefined) {
    rejectIf(findings, 'range-invalid', `${path}.httpStatus`, checkStatus(abort.httpStatus));
  } else warn(findings, 'missing', path, 'abort configured, but error type not set');
}

function validateDelay(findings: Findings, delay: Delay, path: string): void {
  rejectIf(findings, 'range-invalid', `${path}.percentage`, checkPercentage(delay.percentage));
  validateDuration(findings, delay.fixedDelay, `${path}.fixedDelay`);
  if (delay.exponentialDelay === undefined) return;
  validateDuration(findings, delay.exponentialDelay, `${path}.exponentialDelay`);
  const message = 'exponentialDelay not supported yet';
  reject(findings, 'unsupported', `${path}.exponentialDelay`, message);
}

/** `validateHTTPFaultInjection`. */
export function validateFault(findings: Findings, fault: Part<'fault'>, path: string): void {
  if (fault.abort === undefined && fault.delay === undefined) {
    const message = 'HTTP fault injection must have an abort and/or a delay';
    reject(findings, 'missing', path, message);
  }
  if (fault.abort !== undefined) validateAbort(findings, fault.abort, `${path}.abort`);
  if (fault.delay !== undefined) validateDelay(findings, fault.delay, `${path}.delay`);
}

/** `validateHTTPRetry`. */
export function validateRetries(findings: Findings, retries: Part<'retries'>, path: string): void {
  const { attempts, perTryTimeout, retryOn, retryRemoteLocalities } = retries;
  if (attempts < 0) {
    reject(findings, 'range-invalid', `${path}.attempts`, 'attempts cannot be negative');
  }
  const configured =
    perTryTimeout !== undefined || retryOn !== '' || retryRemoteLocalities !== undefined;
  if (attempts === 0 && configured) {
    const message = 'http retry policy configured when attempts are set to 0 (disabled)';
    reject(findings, 'conflict', path, message);
  }
  validateDuration(findings, perTryTimeout, `${path}.perTryTimeout`);
  validateDuration(findings, retries.backoff, `${path}.backoff`);
  if (retryOn === '') return;
  for (const policy of retryOn.split(',')) {
    if (isHttpStatusText(policy) || retryPolicies.has(policy)) continue;
    const message = `${quoted(policy)} is not a valid retryOn policy`;
    reject(findings, 'unsupported', `${path}.retryOn`, message);
  }
}

type Origin = Part<'corsPolicy'>['allowOrigins'][number];

function checkOrigin(origin: Origin): string | undefined {
  const match = origin.exact ?? origin.prefix ?? origin.regex ?? '';
  return match === ''
    ? "'' is not a valid match type for CORS allow origins"
    : checkMatchExpression(origin, 'corsPolicy.allowOrigins');
}

/** `validateCORSPolicy`. */
export function validateCors(findings: Findings, cors: Part<'corsPolicy'>, path: string): void {
  cors.allowOrigins.forEach((origin, at) => {
    rejectIf(findings, 'match-invalid', `${path}.allowOrigins.${at}`, checkOrigin(origin));
  });
  for (const method of cors.allowMethods) {
    if (isCorsMethod(method)) continue;
    const message = `${quoted(method)} is not a supported HTTP method`;
    reject(findings, 'unsupported', `${path}.allowMethods`, message);
  }
  for (const field of ['allowHeaders', 'exposeHeaders'] as const) {
    for (const name of cors[field]) {
      rejectIf(findings, 'header-invalid', `${path}.${field}`, checkCorsHeader(name));
    }
  }
  validateDuration(findings, cors.maxAge, `${path}.maxAge`);
  if ((cors.maxAge?.nanos ?? 0) > 0) {
    const message = 'max_age duration is accurate only to seconds precision';
    reject(findings, 'duration-invalid', `${path}.maxAge`, message);
  }
}

function validateMirrorShare(
  findings: Findings,
  share: { readonly value: number } | undefined,
  words: string,
  path: string,
): void {
  const value = share?.value ?? 0;
  const has = `(it has ${value.toFixed(6)})`;
  const refuse = (limit: string) =>
    reject(findings, 'range-invalid', path, `${words} must have a ${limit} ${has}`);
  if (value > 100) refuse('max value of 100');
  if (value < 0) refuse('min value of 0');
}

/** Mirrors of a route: where copies go, and how many. */
export function validateMirrors(findings: Findings, route: HttpRouteMessage, path: string): void {
  const percent = route.mirrorPercent ?? route.mirror_percent;
  if (percent !== undefined) {
    const at = `${path}.mirrorPercent`;
    if (percent > 100) {
      const message = `mirror_percent must have a max value of 100 (it has ${percent})`;
      reject(findings, 'range-invalid', at, message);
    }
    const message = 'using deprecated setting "mirrorPercent", use "mirrorPercentage" instead';
    warn(findings, 'deprecated', at, message);
  }
  const share = `${path}.mirrorPercentage`;
  validateMirrorShare(findings, route.mirrorPercentage, 'mirror_percentage', share);
  validateDestination(findings, route.mirror, `${path}.mirror`);
  route.mirrors.forEach((mirror, index) => {
    const at = `${path}.mirrors.${index}`;
    if (mirror.destination === undefined) {
      const message = 'destination is required for mirrors';
      reject(findings, 'missing', `${at}.destination`, message);
      return;
    }
    validateDestination(findings, mirror.destination, `${at}.destination`);
    validateMirrorShare(findings, mirror.percentage, 'mirror percentage', `${at}.percentage`);
  });
}
