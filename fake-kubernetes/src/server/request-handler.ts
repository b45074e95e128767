import type { IncomingMessage, ServerResponse } from 'node:http';
import { type CollectionRequest, flagOf, type WatchPlan, watchPlanOf } from '../api';
import type { Asked, Fault, Faults, Verb } from '../faults';
import { methodNotAllowed, pathNotFound, type Reply, unauthorized } from '../reply';
import type { ServedResources } from '../resources';
import type { ObjectStore } from '../store';
import { answerDiscovery, answerObjects } from './answer';
import { isAuthenticated } from './authentication';
import { delay } from './delay';
import { failedReply } from './failed-reply';
import { type OpenWatch, openWatch } from './open-watch';
import { type ResourceRoute, type Route, routeOf } from './route';
import type { SeenRequest } from './seen-request';
import { sendCut, sendMalformed, sendReply } from './send-reply';

/** What the server answers from. */
export interface ServerState {
  readonly store: ObjectStore;
  readonly served: ServedResources;
  readonly faults: Faults;
  readonly requests: SeenRequest[];
  readonly watches: Set<OpenWatch>;
  /** What stands before every path. */
  readonly basePath: string;
  readonly user: string;
  readonly gitVersion: string;
  token(): string | undefined;
}

interface Exchange {
  readonly state: ServerState;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly route: Route;
  readonly query: URLSearchParams;
  readonly asked: Asked;
}

function verbOf(route: ResourceRoute, query: URLSearchParams): Verb {
  if (route.name !== undefined) return 'get';
  return flagOf(query, 'watch') ? 'watch' : 'list';
}

/** Whether a request goes on where an earlier one was. */
function resumes(verb: Verb, query: URLSearchParams): boolean {
  if (verb === 'list') return (query.get('continue') ?? '') !== '';
  return verb === 'watch' && !['', '0'].includes(query.get('resourceVersion') ?? '');
}

function askedOf(route: Route, query: URLSearchParams): Asked {
  if (route.kind !== 'resource') return { resumes: false };
  const verb = verbOf(route, query);
  return {
    resource: route.plural,
    verb,
    ...(route.namespace === undefined ? {} : { namespace: route.namespace }),
    resumes: resumes(verb, query),
  };
}

function seenOf(request: IncomingMessage, url: URL, { resumes: _, ...asked }: Asked): SeenRequest {
  return {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    ...asked,
  };
}

/** Answers a request as the API server would: who asks, what for, then what is wrong today, then the objects. */
export async function handleRequest(
  state: ServerState,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', `http://${request.headers.host ?? 'localhost'}`);
  const query = url.searchParams;
  const route = routeOf(url.pathname, state.basePath);
  const asked = askedOf(route, query);
  state.requests.push(seenOf(request, url, asked));
  request.resume();
  if (!isAuthenticated(request.headers, state.token())) {
    sendReply(response, unauthorized());
    return;
  }
  const milliseconds = state.faults.takeDelay(asked);
  if (milliseconds > 0 && !(await delay(response, milliseconds))) return;
  answer({ state, request, response, route, query, asked });
}

function answer(exchange: Exchange): void {
  const { state, response, route, query, asked } = exchange;
  const fault = state.faults.take(asked);
  const failed =
    fault &&
    failedReply(fault, {
      route: route.kind === 'resource' ? route : undefined,
      verb: asked.verb ?? 'get',
      query,
      user: state.user,
    });
  if (failed !== undefined) sendReply(response, failed);
  else if (fault?.kind === 'malformed') sendMalformed(response);
  else if (route.kind === 'resource') answerResource(exchange, route, fault);
  else sendWhole(response, answerDiscovery(route, discovered(exchange)), fault);
}

const discovered = ({ state, request }: Exchange) => ({
  resources: state.served.all(),
  address: request.headers.host ?? '',
  gitVersion: state.gitVersion,
});

function sendWhole(response: ServerResponse, reply: Reply, fault: Fault | undefined): void {
  if (fault?.kind === 'cut') sendCut(response, reply, fault.after);
  else sendReply(response, reply);
}

type ResourceAnswer =
  | Reply
  | { readonly kind: 'watch'; readonly collection: CollectionRequest; readonly plan: WatchPlan };

function answerOf(
  { state, request, query, asked }: Exchange,
  route: ResourceRoute,
): ResourceAnswer {
  const resource = state.served.find(route.group, route.version, route.plural);
  const { name, namespace } = route;
  const misplaced = namespace !== undefined && !resource?.namespaced;
  if (resource === undefined || misplaced) return pathNotFound();
  if (request.method !== 'GET') return methodNotAllowed(route, request.method ?? '');
  const collection: CollectionRequest = {
    store: state.store,
    resource,
    version: route.version,
    query,
    ...(namespace === undefined ? {} : { namespace }),
  };
  if (asked.verb !== 'watch') return answerObjects(collection, name);
  const plan = watchPlanOf(collection);
  return plan.kind === 'refused' ? plan.reply : { kind: 'watch', collection, plan };
}

function answerResource(exchange: Exchange, route: ResourceRoute, fault: Fault | undefined): void {
  const { state, response, asked } = exchange;
  const answer = answerOf(exchange, route);
  if (answer.kind !== 'watch') {
    sendWhole(response, answer, fault);
    return;
  }
  const { collection, plan } = answer;
  const cutAfter = fault?.kind === 'cut' ? { cutAfter: fault.after } : {};
  const open = openWatch(response, collection, { plan, asked, ...cutAfter });
  state.watches.add(open);
  response.on('close', () => state.watches.delete(open));
  if (fault?.kind === 'gone') open.fail(fault);
}
