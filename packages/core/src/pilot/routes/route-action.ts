import type {
  ClusterChoice,
  Fault,
  Forward,
  HeaderEdits,
  Redirect,
  RouteAction,
} from '../../envoy';
import type { MeshHttpRoute, MeshService } from '../../mesh';
import type { HeaderOperations, Labels, RouteDestination } from '../../resources';
import type { ProxyContext } from '../proxy/proxy-context';
import { destinationCluster } from './destination-cluster';

/** Where the routes of a VirtualService are put. */
export interface RouteTarget {
  readonly port: number;
  /** `mesh`, or the gateway by `namespace/name`. */
  readonly gateway: string;
  readonly isTls: boolean;
  readonly findService: (host: string) => MeshService | undefined;
}

/** Header operations without those on Host, which rewrite it. */
export function headerEditsOf(headers: HeaderOperations | undefined): HeaderEdits | undefined {
  const { set, add, remove } = headers?.request ?? {};
  const named = (values: Labels | undefined) =>
    Object.fromEntries(
      Object.entries(values ?? {})
        .filter(([name]) => !isAuthority(name))
        .map(([name, value]) => [name.toLowerCase(), value]),
    );
  const edits = {
    set: named(set),
    add: named(add),
    remove: (remove ?? []).map(name => name.toLowerCase()),
  };
  const none =
    edits.remove.length === 0 &&
    Object.keys(edits.set).length === 0 &&
    Object.keys(edits.add).length === 0;
  return none ? undefined : edits;
}

const isAuthority = (name: string) => name.toLowerCase() === 'host' || name === ':authority';

/** A header operation on Host or :authority is a host rewrite; `set` goes before `add` (`route.go:TranslateHeadersOperations`). */
function authorityOf(headers: HeaderOperations | undefined): string | undefined {
  for (const operation of [headers?.request?.set, headers?.request?.add]) {
    const [, value] = Object.entries(operation ?? {}).find(([name]) => isAuthority(name)) ?? [];
    if (value !== undefined && value !== '') return value;
  }
  return undefined;
}

function clustersOf(destinations: readonly RouteDestination[], target: RouteTarget): ClusterChoice {
  const nameOf = ({ destination }: RouteDestination) =>
    destinationCluster(destination, {
      service: target.findService(destination.host),
      port: target.port,
    });
  const [only] = destinations;
  if (only !== undefined && destinations.length === 1)
    return { kind: 'single', name: nameOf(only) };
  const clusters = destinations
    .filter(item => item.weight > 0)
    .map(item => {
      const hostRewrite = authorityOf(item.headers);
      const headerEdits = headerEditsOf(item.headers);
      return {
        name: nameOf(item),
        weight: item.weight,
        ...(hostRewrite !== undefined && { hostRewrite }),
        ...(headerEdits !== undefined && { headerEdits }),
      };
    });
  return { kind: 'weighted', clusters };
}

function mirrorsOf(rule: MeshHttpRoute, target: RouteTarget): NonNullable<Forward['mirrors']> {
  const all = [
    ...(rule.mirror === undefined ? [] : [{ destination: rule.mirror, percentage: undefined }]),
    ...(rule.mirrors ?? []),
  ];
  return all.map(({ destination, percentage }) => ({
    cluster: destinationCluster(destination, {
      service: target.findService(destination.host),
      port: target.port,
    }),
    percent: percentage ?? 100,
  }));
}

function rewriteOf(
  rule: MeshHttpRoute,
): Pick<Forward, 'hostRewrite' | 'prefixRewrite' | 'regexRewrite'> {
  const { rewrite } = rule;
  const [only] = rule.route.length === 1 ? rule.route : [];
  const given = rewrite?.authority === '' ? undefined : rewrite?.authority;
  const authority = given ?? authorityOf(rule.headers) ?? authorityOf(only?.headers);
  const regex = rewrite?.uriRegexRewrite;
  const uri = rewrite?.uri === '' ? undefined : rewrite?.uri;
  return {
    ...(authority === undefined ? {} : { hostRewrite: authority }),
    ...(regex !== undefined
      ? { regexRewrite: { pattern: regex.match, substitution: regex.rewrite } }
      : uri === undefined
        ? {}
        : { prefixRewrite: uri }),
  };
}

export const defaultRetry = {
  attempts: 2,
  retryOn: 'connect-failure,refused-stream,unavailable,cancelled,retriable-status-codes',
} as const;

/** Retries of a rule, else of the mesh; on by default (`route/retry/retry.go:ConvertPolicy`). */
export function retryOf(
  context: ProxyContext,
  retries?: MeshHttpRoute['retries'],
): Pick<Forward, 'retry'> {
  const { defaultHttpRetryPolicy } = context.mesh.meshConfig.config;
  const attempts = retries?.attempts ?? defaultHttpRetryPolicy?.attempts ?? defaultRetry.attempts;
  if (attempts === 0) return {};
  const perTryTimeoutMs = retries?.perTryTimeoutMs;
  return {
    retry: {
      attempts,
      retryOn: retries?.retryOn ?? defaultRetry.retryOn,
      ...(perTryTimeoutMs === undefined ? {} : { perTryTimeoutMs }),
    },
  };
}

function forward(context: ProxyContext, rule: MeshHttpRoute, target: RouteTarget): Forward {
  const mirrors = mirrorsOf(rule, target);
  return {
    kind: 'forward',
    clusters: clustersOf(rule.route, target),
    ...rewriteOf(rule),
    ...retryOf(context, rule.retries),
    ...(rule.timeoutMs === undefined ? {} : { timeoutMs: rule.timeoutMs }),
    ...(mirrors.length === 0 ? {} : { mirrors }),
  };
}

const defaultRedirectStatus = 301;
const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** The port to name in a redirect that sets one; the default port of its scheme is left out (`route.go:ApplyRedirect`). */
function redirectPort(
  given: NonNullable<MeshHttpRoute['redirect']>,
  target: RouteTarget,
): number | undefined {
  const port = given.derivePort === 'FROM_REQUEST_PORT' ? target.port : given.port;
  const own = (given.scheme ?? '') === '' ? undefined : given.scheme;
  const scheme = own ?? (target.isTls ? 'https' : 'http');
  const isDefault = (port === 80 && scheme === 'http') || (port === 443 && scheme === 'https');
  return isDefault || port === 0 ? undefined : port;
}

/** `route.go:ApplyRedirect`. */
function redirect(rule: MeshHttpRoute, target: RouteTarget): Redirect | undefined {
  const given = rule.redirect;
  if (given === undefined) return undefined;
  const code = given.redirectCode ?? 0;
  const { authority, scheme, uri } = given;
  const port = redirectPort(given, target);
  return {
    kind: 'redirect',
    status: redirectStatuses.has(code) ? code : defaultRedirectStatus,
    ...(authority === undefined || authority === '' ? {} : { host: authority }),
    ...(port === undefined ? {} : { port }),
    ...(scheme === undefined || scheme === '' ? {} : { scheme }),
    ...(uri === undefined || uri === '' ? {} : { path: uri }),
  };
}

/** What a rule does with a request: answer, redirect or forward (`route.go:TranslateRoute`). */
export function actionOf(
  context: ProxyContext,
  rule: MeshHttpRoute,
  target: RouteTarget,
): RouteAction {
  const redirected = redirect(rule, target);
  if (redirected !== undefined) return redirected;
  if (rule.directResponse === undefined) return forward(context, rule, target);
  const { status, body } = rule.directResponse;
  return { kind: 'direct-response', status, ...(body === undefined ? {} : { body }) };
}

/** `route.go:TranslateFault`. */
export function faultOf({ fault }: MeshHttpRoute): Fault | undefined {
  if (fault === undefined) return undefined;
  const { abort, delay } = fault;
  return {
    ...(abort === undefined
      ? {}
      : {
          abort: {
            percent: abort.percentage,
            ...(abort.httpStatus === undefined ? {} : { status: abort.httpStatus }),
            ...(abort.grpcStatus === undefined ? {} : { grpcStatus: abort.grpcStatus }),
          },
        }),
    ...(delay === undefined
      ? {}
      : { delay: { ms: delay.fixedDelayMs ?? 0, percent: delay.percent ?? delay.percentage } }),
  };
}
