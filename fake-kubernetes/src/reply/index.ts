export { encodeReply, jsonReply, type Reply } from './reply';
export {
  badRequest,
  expiredReply,
  expiredStatus,
  forbidden,
  internalError,
  invalidOption,
  methodNotAllowed,
  notFound,
  pathNotFound,
  tooLargeVersion,
  tooManyRequests,
  unauthorized,
} from './status';
