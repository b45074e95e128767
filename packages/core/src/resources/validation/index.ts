export type { Violation, ViolationCode } from './findings';
export { type ValidateOptions, validateResource } from './validate-resource';
export type { AdmissionStage, AdmissionVerdict, ObjectVerdict, SchemaVerdict } from './verdict';
