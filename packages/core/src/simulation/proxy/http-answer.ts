import type { EnvoyWalk, Forward } from '../../envoy';
import type { Run } from '../run';
import type { Exchange } from '../wire/exchange';
import type { HttpPayload } from '../wire/payload';
import type { UpstreamResult } from './upstream/send-upstream';

/** An HTTP answer and the flags of its access log line. */
export interface Answered {
  readonly exchange: Exchange;
  readonly responseFlags?: string;
  /** The cluster had nobody to dial. */
  readonly nobody?: true;
}

const envoyAnswer = (status: number, responseFlags?: string, body?: string): Answered => ({
  exchange: { kind: 'http', status, by: 'envoy', ...(body !== undefined && { body }) },
  ...(responseFlags !== undefined && { responseFlags }),
});

/** Whether `retry_on` covers a status of the upstream (`source/common/router/retry_state_impl.cc`). */
function retriesStatus(retryOn: string, status: number): boolean {
  const conditions = retryOn.split(',').map(item => item.trim());
  return (
    (conditions.includes('5xx') && status >= 500) ||
    (conditions.includes('gateway-error') && status >= 502 && status <= 504) ||
    (conditions.includes('retriable-4xx') && status === 409) ||
    conditions.includes(String(status))
  );
}

const retryBudget = (action: Forward | undefined): number =>
  action?.retry === undefined ? 0 : action.retry.attempts;

/** Conditions of `retry_on` that cover a connection that was never made. */
const retriedResets = ['connect-failure', '5xx', 'gateway-error', 'reset', 'reset-before-request'];

function retriesConnect(action: Forward | undefined): boolean {
  if (retryBudget(action) === 0) return false;
  const conditions = action?.retry?.retryOn.split(',').map(item => item.trim()) ?? [];
  return conditions.some(item => retriedResets.includes(item));
}

/** Reasons as Envoy words them in its 503 (`source/common/http/utility.cc:resetReasonToString`). */
const connectionFailures = {
  refused: 'remote connection failure',
  tls: 'remote connection failure',
  timeout: 'connection timeout',
} as const;

function failed(
  run: Run,
  walk: EnvoyWalk,
  result: Extract<UpstreamResult, { readonly kind: 'failed' }>,
): Answered {
  const action = actionOf(walk);
  const retried = retriesConnect(action);
  const attempts = retried ? retryBudget(action) + 1 : 1;
  const trySeconds = result.how === 'timeout' ? result.afterSeconds : 0;
  const afterSeconds = trySeconds * attempts;
  const late = timedOut(run, walk, afterSeconds, trySeconds);
  if (late !== undefined) return late;
  const head = 'upstream connect error or disconnect/reset before headers.';
  const latest = retried ? 'retried and the latest reset reason' : 'reset reason';
  const body = `${head} ${latest}: ${connectionFailures[result.how]}`;
  return afterAll(envoyAnswer(503, retried ? 'URX,UF' : 'UF', body), afterSeconds);
}

/** The answer, later by so many seconds. */
export function afterAll(answered: Answered, seconds: number): Answered {
  const { exchange } = answered;
  if (seconds === 0 || (exchange.kind !== 'http' && exchange.kind !== 'closed')) return answered;
  const afterSeconds = (exchange.afterSeconds ?? 0) + seconds;
  return { ...answered, exchange: { ...exchange, afterSeconds } };
}

/** Conditions of `retry_on` that cover a try that is given up (`retry_state_impl.cc:wouldRetryFromReset`). */
const retriedTimeouts = ['5xx', 'gateway-error', 'reset'];

interface TimeLimit {
  readonly ms: number;
  readonly flags: string;
}

/** All tries under `perTryTimeout`: one, or as many as may be when the conditions cover it. */
function triesLimit(action: Forward | undefined): TimeLimit | undefined {
  const perTry = action?.retry?.perTryTimeoutMs ?? 0;
  if (perTry === 0) return undefined;
  const conditions = action?.retry?.retryOn.split(',').map(item => item.trim()) ?? [];
  const again = conditions.some(item => retriedTimeouts.includes(item)) ? retryBudget(action) : 0;
  return { ms: perTry * (again + 1), flags: again > 0 ? 'URX,UT' : 'UT' };
}

/** The limit that an answer after so many seconds, of a try that takes so many, runs into first. */
function limitOf(walk: EnvoyWalk, seconds: number, trySeconds: number): TimeLimit | undefined {
  const action = actionOf(walk);
  const route = action?.timeoutMs ?? 0;
  const perTry = action?.retry?.perTryTimeoutMs ?? 0;
  const limits: readonly TimeLimit[] = [
    ...(route > 0 && seconds * 1000 > route ? [{ ms: route, flags: 'UT' }] : []),
    ...(perTry > 0 && trySeconds * 1000 > perTry ? [triesLimit(action)] : []).flatMap(
      limit => limit ?? [],
    ),
  ];
  return [...limits].sort((one, other) => one.ms - other.ms)[0];
}

function timedOut(
  run: Run,
  walk: EnvoyWalk,
  seconds: number,
  trySeconds = seconds,
): Answered | undefined {
  const limit = limitOf(walk, seconds, trySeconds);
  if (limit === undefined) return undefined;
  const { ms, flags } = limit;
  run.recorder.overturn('upstream-failed');
  const message = `no answer within the route's ${ms} ms`;
  run.recorder.block('upstream-timeout', message, walk.route?.origin);
  return afterAll(envoyAnswer(504, flags, 'upstream request timeout'), ms / 1000);
}

const closedUpstream = envoyAnswer(
  503,
  'UC',
  'upstream connect error or disconnect/reset before headers. reset reason: connection termination',
);

function relayed(run: Run, walk: EnvoyWalk, exchange: Exchange): Answered {
  const action = actionOf(walk);
  switch (exchange.kind) {
    case 'http': {
      const late = timedOut(run, walk, exchange.afterSeconds ?? 0);
      if (late !== undefined) return late;
      const exhausted =
        retryBudget(action) > 0 && retriesStatus(action?.retry?.retryOn ?? '', exchange.status);
      return { exchange, ...(exhausted && { responseFlags: 'URX' }) };
    }
    case 'closed': {
      const seconds = exchange.afterSeconds ?? 0;
      return timedOut(run, walk, seconds) ?? afterAll(closedUpstream, seconds);
    }
    case 'silence':
      return timedOut(run, walk, Number.POSITIVE_INFINITY) ?? { exchange };
    case 'plain-http-400':
      return { exchange: { kind: 'http', status: 400, by: exchange.by } };
    case 'unknown':
    case 'unreachable':
      return { exchange };
    case 'echo':
    case 'banner':
    case 'data':
    case 'tunnel':
    case 'tls':
      run.recorder.overturn('upstream-failed');
      run.recorder.block(
        'upstream-protocol-error',
        'the upstream does not answer in HTTP',
        walk.route?.origin,
      );
      return envoyAnswer(
        502,
        'UPE',
        'upstream connect error or disconnect/reset before headers. reset reason: protocol error',
      );
  }
}

export function actionOf(walk: EnvoyWalk): Forward | undefined {
  const action = walk.route?.action;
  return action?.kind === 'forward' ? action : undefined;
}

/** What the downstream client gets for a request that was sent to a cluster. */
export function answerOfUpstream(run: Run, walk: EnvoyWalk, result: UpstreamResult): Answered {
  switch (result.kind) {
    case 'answered':
      return relayed(run, walk, result.exchange);
    case 'no-host':
      return { ...envoyAnswer(503, 'UH', 'no healthy upstream'), nobody: true };
    case 'dns-failure':
      return { ...envoyAnswer(503, 'DF', 'DNS resolution failure'), nobody: true };
    case 'unknown':
      return { exchange: { kind: 'unknown' } };
    case 'failed':
      return failed(run, walk, result);
  }
}

/** `Location` of a redirect (`source/common/router/config_impl.cc:newUri`). */
export function redirectLocation(walk: EnvoyWalk, request: HttpPayload, isTls: boolean): string {
  const action = walk.route?.action;
  const scheme0 = isTls ? 'https' : 'http';
  if (action?.kind !== 'redirect') return `https://${request.authority}${request.path}`;
  const scheme = action.scheme ?? (action.https === true ? 'https' : scheme0);
  const changes = scheme === scheme0 ? undefined : scheme0;
  const host = action.host ?? hostForRedirect(request.authority, changes, action.port);
  const port = action.port === undefined ? '' : `:${action.port}`;
  return `${scheme}://${host}${port}${redirectPath(walk, request)}`;
}

/** The old scheme's default port comes off when the scheme changes, any port when the redirect sets one (`processRequestHost`). */
function hostForRedirect(
  authority: string,
  leaves: 'http' | 'https' | undefined,
  port: number | undefined,
): string {
  const colon = authority.lastIndexOf(':');
  if (colon < 0 || authority.endsWith(']')) return authority;
  const current = authority.slice(colon + 1);
  const isDefault = leaves !== undefined && current === (leaves === 'http' ? '80' : '443');
  return port !== undefined || isDefault ? authority.slice(0, colon) : authority;
}

function redirectPath(walk: EnvoyWalk, request: HttpPayload): string {
  const action = walk.route?.action;
  if (action?.kind !== 'redirect') return request.path;
  const query = request.path.includes('?') ? request.path.slice(request.path.indexOf('?')) : '';
  if (action.path !== undefined)
    return action.path.includes('?') ? action.path : action.path + query;
  const matcher = walk.route?.match.path;
  if (action.prefixRewrite === undefined || matcher === undefined) return request.path;
  const bare = query === '' ? request.path : request.path.slice(0, -query.length);
  return action.prefixRewrite + bare.slice(matcher.value.length) + query;
}
