import type { FilterChain } from '../config/filter-chain';
import type { HttpConnectionManager } from '../config/http-connection-manager';
import type { EnvoyProgram } from '../config/program';
import type { Fault, Route, RouteConfig, VirtualHost } from '../config/route-config';
import { hasToken, isPreflight } from '../matching/find-token';
import { judgePreflight } from '../matching/judge-preflight';
import { matchRoute } from '../matching/match-route';
import { matchVirtualHost } from '../matching/match-virtual-host';
import type { CallRequest, EnvoyCall } from './call';
import { checkPolicies } from './check-policies';
import { forward } from './forward';
import { rewriteOf } from './rewrite';
import type { Ending, WalkRecorder } from './walk-recorder';

interface HttpContext {
  readonly manager: HttpConnectionManager;
  readonly chain: FilterChain;
  readonly call: EnvoyCall;
}

interface Refusal {
  readonly title: string;
  readonly ending: Ending;
}

/** What the codec says before any filter runs (`source/common/http/conn_manager_impl.cc:decodeHeaders`). */
function refuse({ manager, chain, call }: HttpContext): Refusal | undefined {
  if (call.serverFirst === true && call.protocol === 'tcp') {
    return { title: 'waits for a request that is never sent', ending: { outcome: 'waiting' } };
  }
  if (call.protocol === 'tcp' || (call.tls !== undefined && chain.tls === undefined)) {
    const what = call.protocol === 'tcp' ? 'bytes that are not HTTP' : 'TLS';
    return { title: `HTTP is expected, ${what} arrives`, ending: { outcome: 'protocol-error' } };
  }
  if (call.protocol === 'http/1.0' && !manager.acceptHttp10) {
    const ending: Ending = { outcome: 'upgrade-required', status: 426 };
    return { title: 'HTTP/1.0 is answered 426', ending };
  }
  if (call.request?.authority === undefined) {
    const ending: Ending = { outcome: 'bad-request', status: 400 };
    return { title: 'a request without Host is answered 400', ending };
  }
  return undefined;
}

function findRouteConfig(program: EnvoyProgram, context: HttpContext, recorder: WalkRecorder) {
  const { routes } = context.manager;
  const name = routes.kind === 'rds' ? routes.name : routes.config.name;
  const config = routes.kind === 'rds' ? program.routeConfig(routes.name) : routes.config;
  recorder.found({ routeConfigName: name });
  if (config === undefined) {
    const title = `route configuration ${name} does not exist`;
    const step = { kind: 'route-config', title, origin: context.chain.origin } as const;
    recorder.block(step, { outcome: 'no-virtual-host', status: 404 });
    return undefined;
  }
  recorder.found({ routeConfig: config });
  const title = `route configuration ${name}`;
  if (config.uncertain !== undefined) {
    const ending: Ending = { outcome: 'undetermined', uncertain: config.uncertain };
    const step = { kind: 'route-config', title, detail: config.uncertain } as const;
    return recorder.block({ ...step, origin: config.origin }, ending) ? config : undefined;
  }
  recorder.step({ kind: 'route-config', title, origin: config.origin });
  return config;
}

function findVirtualHost(config: RouteConfig, authority: string, recorder: WalkRecorder) {
  const match = matchVirtualHost(config, authority);
  const { virtualHost, candidates } = match;
  if (virtualHost === undefined) {
    const title = `no virtual host for \`${match.host}\``;
    const step = { kind: 'virtual-host', title, candidates, origin: config.origin } as const;
    recorder.block(step, { outcome: 'no-virtual-host', status: 404 });
    return undefined;
  }
  recorder.found({ virtualHost });
  const title = `virtual host ${virtualHost.name} (domain \`${match.domain ?? ''}\`)`;
  const step = { kind: 'virtual-host', title, candidates, origin: virtualHost.origin } as const;
  if (match.uncertain) {
    const uncertain = `several virtual hosts claim \`${match.host}\`, which one gets it is random`;
    return recorder.block(step, { outcome: 'undetermined', uncertain }) ? virtualHost : undefined;
  }
  recorder.step(step);
  return virtualHost;
}

function findRoute(
  virtualHost: VirtualHost,
  context: { readonly request: CallRequest; readonly isTls: boolean },
  recorder: WalkRecorder,
): Route | undefined {
  if (virtualHost.requireTls === true && !context.isTls) {
    const title = 'plaintext is redirected to https';
    const step = { kind: 'virtual-host', title, origin: virtualHost.origin } as const;
    if (!recorder.block(step, { outcome: 'redirect', status: 301 })) return undefined;
  }
  const { route, candidates } = matchRoute(virtualHost, context.request);
  if (route === undefined) {
    const title = 'no route matches';
    const step = { kind: 'route', title, candidates, origin: virtualHost.origin } as const;
    recorder.block(step, { outcome: 'no-route', status: 404 });
    return undefined;
  }
  recorder.found({ route });
  const title = `route ${route.name ?? 'without a name'}`;
  recorder.step({ kind: 'route', title, candidates, origin: route.origin });
  return route;
}

const defaultAbortStatus = 200;

/** True when the call goes on. An abort below 100 percent may or may not hit this call. */
function passFault(fault: Fault | undefined, route: Route, recorder: WalkRecorder): boolean {
  const abort = fault?.abort;
  if (abort === undefined || abort.percent <= 0) return true;
  const status = abort.status ?? defaultAbortStatus;
  const title = `fault: aborts ${abort.percent} % with status ${status}`;
  const { origin } = route;
  if (abort.percent >= 100) {
    return recorder.block({ kind: 'policy', title, origin }, { outcome: 'fault', status });
  }
  recorder.step({ kind: 'policy', title, origin });
  return true;
}

/** True when the call goes on: it carries no token, or would with a valid one. */
function passTokens(
  { tokens }: HttpConnectionManager,
  request: CallRequest,
  recorder: WalkRecorder,
): boolean {
  if (tokens === undefined || isPreflight(request)) return true;
  const carries = hasToken(tokens, request);
  if (!carries && !tokens.isRequired) return true;
  const uncertain = carries
    ? 'whether the request passes depends on its token'
    : 'whether the request passes depends on a token, which it does not carry';
  const step = { kind: 'policy', title: uncertain, origin: tokens.origin } as const;
  return recorder.block(step, { outcome: 'undetermined', uncertain });
}

/** True when the call goes on. The filter looks at routes that forward only; after the fault filter in Istio's order. */
function passCors(route: Route, request: CallRequest, recorder: WalkRecorder): boolean {
  const { cors, action, origin } = route;
  if (cors === undefined || action.kind !== 'forward') return true;
  const verdict = judgePreflight(cors, request);
  switch (verdict) {
    case 'none':
    case 'forwarded':
      return true;
    case 'allowed':
    case 'not-allowed': {
      const what = verdict === 'allowed' ? 'allowed' : 'not allowed';
      const title = `CORS: the preflight is answered, its origin is ${what}`;
      return recorder.block(
        { kind: 'policy', title, origin },
        { outcome: 'preflight', status: 200 },
      );
    }
  }
}

function act(
  program: EnvoyProgram,
  context: { readonly route: Route; readonly request: CallRequest },
  recorder: WalkRecorder,
): Ending {
  const { route, request } = context;
  const { action, origin } = route;
  switch (action.kind) {
    case 'redirect':
    case 'direct-response': {
      const ending: Ending = { outcome: action.kind, status: action.status };
      const title = `answered by the proxy: ${action.kind} ${action.status}`;
      recorder.block({ kind: 'route', title, origin }, ending);
      return ending;
    }
    case 'forward': {
      const rewrite = rewriteOf(route, action, request.path);
      if (rewrite !== undefined) recorder.found({ rewrite });
      return forward(program, { clusters: action.clusters, origin }, recorder);
    }
  }
}

/** Runs a request through a connection manager: codec, policies, virtual host, route, fault, cluster. */
export function runHttp(
  program: EnvoyProgram,
  context: HttpContext,
  recorder: WalkRecorder,
): Ending {
  const refusal = refuse(context);
  const { call, chain, manager } = context;
  if (refusal !== undefined) {
    recorder.block(
      { kind: 'filter-chain', title: refusal.title, origin: chain.origin },
      refusal.ending,
    );
    return refusal.ending;
  }
  const { request } = call;
  const gone: Ending = { outcome: 'no-route' };
  if (request?.authority === undefined) return gone;
  if (!passTokens(manager, request, recorder)) return gone;
  if (!checkPolicies(manager.rbac ?? [], call, recorder)) return gone;
  const config = findRouteConfig(program, context, recorder);
  if (config === undefined) return gone;
  const virtualHost = findVirtualHost(config, request.authority, recorder);
  if (virtualHost === undefined) return gone;
  const route = findRoute(virtualHost, { request, isTls: call.tls !== undefined }, recorder);
  if (route === undefined || !passFault(route.fault, route, recorder)) return gone;
  if (!passCors(route, request, recorder)) return gone;
  return act(program, { route, request }, recorder);
}
