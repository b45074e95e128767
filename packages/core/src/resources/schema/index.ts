export { checkSchema, type SchemaViolation } from './check-schema';
export { type DecodedMessage, type DecodeFailure, decodeMessage } from './decode-message';
export { compareWithMilliseconds, type Duration, parseGoDuration } from './duration';
export type { MessageType } from './field-type';
export type { ValueOf } from './value-of';
