import {
  badRequest,
  expiredReply,
  internalError,
  invalidOption,
  type Reply,
  tooLargeVersion,
} from '../reply';
import type { ObjectStore } from '../store';
import { numberOf } from './collection-request';
import { type ContinueToken, decodeContinue, encodeContinue } from './continue-token';

/** What a list is asked for. */
export interface ListPlan {
  readonly kind: 'plan';
  /** The version that the list is of. */
  readonly version: number;
  readonly after?: string;
  /** Undefined for all. */
  readonly limit?: number;
}

export type Planned = ListPlan | { readonly kind: 'refused'; readonly reply: Reply };

const refused = (reply: Reply): Planned => ({ kind: 'refused', reply });

const tooOldToContinue =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list ' +
  'without the continue parameter, or use the continue token in this response to retrieve the remainder of ' +
  'the results. Continuing with the provided token results in an inconsistent list - objects that were ' +
  'created, modified, or deleted between the time the first chunk was returned and now may show up in the list.';

/** 410 of a `continue`, with a token by which the rest can be had all the same (apiserver `etcd3/errors.go`). */
export const continueExpired = (token: ContinueToken): Reply =>
  expiredReply(tooOldToContinue, {
    continue: encodeContinue({ version: -1, after: token.after }),
  });

function planContinued(text: string, limit: number | undefined, store: ObjectStore): Planned {
  const token = decodeContinue(text);
  if (token === undefined) return refused(badRequest('continue key is not valid: illegal base64'));
  if (token.version >= 0 && token.version < store.compacted()) {
    return refused(continueExpired(token));
  }
  if (token.version > store.version()) {
    return refused(internalError('etcdserver: mvcc: required revision is a future revision'));
  }
  const version = token.version < 0 ? store.version() : token.version;
  return { kind: 'plan', version, after: token.after, ...(limit ? { limit } : {}) };
}

/** Which version is listed: https://kubernetes.io/docs/reference/using-api/api-concepts, "Semantics for get and list". */
function planFresh(query: URLSearchParams, limit: number | undefined, store: ObjectStore): Planned {
  const asked = numberOf(query, 'resourceVersion');
  const match = query.get('resourceVersionMatch') ?? '';
  if (Number.isNaN(asked)) {
    return refused(badRequest(`invalid resource version: "${query.get('resourceVersion')}"`));
  }
  if (match !== '' && asked === undefined) {
    return refused(
      invalidOption(
        'resourceVersionMatch',
        'resourceVersionMatch is forbidden unless resourceVersion is provided',
      ),
    );
  }
  const current = store.version();
  if (asked !== undefined && asked > current) return refused(tooLargeVersion(asked, current));
  // the watch cache answers version 0, and it knows no pages
  if (asked === 0) return { kind: 'plan', version: current };
  const paged = limit ? { limit } : {};
  const exact = match === 'Exact' || (match === '' && limit !== undefined && limit > 0);
  if (asked === undefined || !exact) return { kind: 'plan', version: current, ...paged };
  return asked < store.compacted()
    ? refused(expiredReply('The resourceVersion for the provided list is too old.'))
    : { kind: 'plan', version: asked, ...paged };
}

/** Reads which version, from where on and how much is listed; or why that is refused. */
export function planOf(query: URLSearchParams, store: ObjectStore): Planned {
  const limit = numberOf(query, 'limit');
  if (Number.isNaN(limit)) {
    return refused(badRequest(`strconv.ParseInt: parsing "${query.get('limit')}": invalid syntax`));
  }
  if (query.has('sendInitialEvents')) {
    return refused(invalidOption('sendInitialEvents', 'sendInitialEvents is forbidden for list'));
  }
  const token = query.get('continue') ?? '';
  if (token === '') return planFresh(query, limit, store);
  const asked = query.get('resourceVersion') ?? '';
  return asked === '' || asked === '0'
    ? planContinued(token, limit, store)
    : refused(badRequest('specifying resource version is not allowed when using continue'));
}
