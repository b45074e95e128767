import type { Verb } from '../faults';
import type { JsonObject } from '../json-object';
import { jsonReply, type Reply } from './reply';

interface Failure {
  readonly code: number;
  readonly reason: string;
  readonly message: string;
  readonly details?: JsonObject;
  readonly metadata?: JsonObject;
}

/** The object by which the API server says that a request failed (meta/v1 `Status`). */
const statusOf = ({ code, reason, message, details, metadata = {} }: Failure): JsonObject => ({
  kind: 'Status',
  apiVersion: 'v1',
  metadata,
  status: 'Failure',
  message,
  reason,
  ...(details === undefined ? {} : { details }),
  code,
});

const failed = (failure: Failure): Reply => jsonReply(statusOf(failure), failure.code);

/** What a request is about, in the words of its URL. */
interface Subject {
  readonly group: string;
  readonly plural: string;
  readonly namespace?: string;
  readonly name?: string;
}

const qualified = ({ group, plural }: Subject) => (group === '' ? plural : `${plural}.${group}`);

const detailsOf = ({ group, plural, name }: Subject): JsonObject => ({
  ...(name === undefined ? {} : { name }),
  ...(group === '' ? {} : { group }),
  kind: plural,
});

/** 401: apiserver `filters.WithAuthentication`. */
export const unauthorized = (): Reply =>
  failed({ code: 401, reason: 'Unauthorized', message: 'Unauthorized' });

/** 403: apiserver `responsewriters.ForbiddenStatusError` with RBAC's empty reason. */
export function forbidden(subject: Subject, verb: Verb, user: string): Reply {
  const name = subject.name === undefined ? '' : ` "${subject.name}"`;
  const where =
    subject.namespace === undefined
      ? 'at the cluster scope'
      : `in the namespace "${subject.namespace}"`;
  return failed({
    code: 403,
    reason: 'Forbidden',
    message: `${qualified(subject)}${name} is forbidden: User "${user}" cannot ${verb} resource "${subject.plural}" in API group "${subject.group}" ${where}`,
    details: detailsOf(subject),
  });
}

/** 404 of one object: apimachinery `errors.NewNotFound`. */
export const notFound = (subject: Subject & { readonly name: string }): Reply =>
  failed({
    code: 404,
    reason: 'NotFound',
    message: `${qualified(subject)} "${subject.name}" not found`,
    details: detailsOf(subject),
  });

/** 404 of a path: apiserver `NotFoundHandler`, no Status. Clients make "the server could not find the requested resource" of it. */
export const pathNotFound = (): Reply => ({
  kind: 'text',
  code: 404,
  text: '404 page not found\n',
});

/** 405: apimachinery `errors.NewMethodNotSupported`; this server is read only. */
export const methodNotAllowed = (subject: Subject, method: string): Reply =>
  failed({
    code: 405,
    reason: 'MethodNotAllowed',
    message: `${method.toLowerCase()} is not supported on resources of kind "${qualified(subject)}"`,
    details: detailsOf(subject),
  });

/** 400: apimachinery `errors.NewBadRequest`. */
export const badRequest = (message: string): Reply =>
  failed({ code: 400, reason: 'BadRequest', message });

/** 422 of a list's options: apimachinery `errors.NewInvalid` of one `field.Forbidden`. */
export function invalidOption(field: string, message: string): Reply {
  return failed({
    code: 422,
    reason: 'Invalid',
    message: `ListOptions.meta.k8s.io "" is invalid: ${field}: Forbidden: ${message}`,
    details: {
      group: 'meta.k8s.io',
      kind: 'ListOptions',
      causes: [{ reason: 'FieldValueForbidden', message: `Forbidden: ${message}`, field }],
    },
  });
}

/** 410: apimachinery `errors.NewResourceExpired`. */
export const expiredStatus = (message: string, metadata: JsonObject = {}): JsonObject =>
  statusOf({ code: 410, reason: 'Expired', message, metadata });

/** 410 as the answer to a list. */
export const expiredReply = (message: string, metadata?: JsonObject): Reply =>
  jsonReply(expiredStatus(message, metadata), 410);

/** 429: apiserver `filters.tooManyRequests`, no Status. */
export const tooManyRequests = (retryAfterSeconds: number): Reply => ({
  kind: 'text',
  code: 429,
  text: 'Too many requests, please try again later.\n',
  headers: { 'Retry-After': String(retryAfterSeconds) },
});

/** 500: apimachinery `errors.NewInternalError`. */
export const internalError = (cause: string): Reply =>
  failed({
    code: 500,
    reason: 'InternalError',
    message: `Internal error occurred: ${cause}`,
    details: { causes: [{ message: cause }] },
  });

/** 504 of a version that is not yet: apiserver `storage.NewTooLargeResourceVersionError`. */
export const tooLargeVersion = (version: number, current: number): Reply =>
  failed({
    code: 504,
    reason: 'Timeout',
    message: `Timeout: Too large resource version: ${version}, current: ${current}`,
    details: {
      causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }],
      retryAfterSeconds: 1,
    },
  });
