import { continueExpired, decodeContinue } from '../api';
import type { Fault, Verb } from '../faults';
import { forbidden, internalError, type Reply, tooManyRequests } from '../reply';
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
    case 'gone': {
      // a watch is told in its stream
      const token = decodeContinue(failing.query.get('continue') ?? '');
      return failing.verb === 'list' && token !== undefined ? continueExpired(token) : undefined;
    }
    case 'slow':
    case 'cut':
    case 'malformed':
      return undefined;
  }
}
