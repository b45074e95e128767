import { continueExpired, decodeContinue } from '../api';
import type { Fault, Verb } from '../faults';
import {
  expiredReply,
  forbidden,
  internalError,
  type Reply,
  tooLargeVersion,
  tooManyRequests,
} from '../reply';
import type { ResourceRoute } from './route';

/** What a fault's answer depends on. */
interface Failing {
  readonly route: ResourceRoute | undefined;
  readonly verb: Verb;
  readonly query: URLSearchParams;
  readonly user: string;
}

/** The answer by which a fault fails a request; undefined when it fails it in another way. */
export function failedReply(fault: Fault, failing: Failing): Reply | undefined {
  switch (fault.kind) {
    case 'too-many-requests':
      return tooManyRequests(fault.retryAfterSeconds);
    case 'server-error':
      return internalError('etcdserver: request timed out');
    case 'forbidden':
      return failing.route && forbidden(failing.route, failing.verb, failing.user);
    case 'gone':
      return failing.verb === 'list' ? goneList(failing.query) : goneWatch(fault.status === true);
    case 'future':
      return failing.verb === 'watch' ? futureWatch(failing.query) : undefined;
    case 'slow':
    case 'cut':
    case 'malformed':
      return undefined;
  }
}

function goneList(query: URLSearchParams): Reply | undefined {
  const token = decodeContinue(query.get('continue') ?? '');
  return token && continueExpired(token);
}

const futureWatch = (query: URLSearchParams): Reply => {
  const version = Number(query.get('resourceVersion') ?? 0);
  return tooLargeVersion(version, version - 1);
};

/** Without a status the stream tells it. */
const goneWatch = (status: boolean): Reply | undefined =>
  status ? expiredReply('The resourceVersion for the provided watch is too old.') : undefined;
