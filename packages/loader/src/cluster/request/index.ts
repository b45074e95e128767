export { ApiFailure, type FailureKind } from './api-failure';
export { type HideSecrets, hideSecrets } from './hide-secrets';
export {
  isJsonObject,
  isOfFuture,
  type JsonObject,
  longestAnswer,
  member,
  openAnswer,
  parseObject,
  readJson,
  textMember,
} from './read-json';
export { backoffMs, type Pace, patient, retry, waitFor } from './retry';
export { type ApiRequest, type Connection, sendRequest } from './send-request';
