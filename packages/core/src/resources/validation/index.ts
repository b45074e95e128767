export type { Violation, ViolationCode } from './findings';
export { judgedKinds } from './kinds';
export { objectionToProxyConfig } from './proxy-config-text';
export { judgesObject, type ValidateOptions, validateResource } from './validate-resource';
export type { AdmissionStage, AdmissionVerdict, ObjectVerdict, SchemaVerdict } from './verdict';
