export type { Assumption } from './assumption';
export { formatOrigin } from './format-origin';
export type { Issue } from './issue';
export { formatObjectRef, type ObjectRef } from './object-ref';
export type { DefaultOrigin, ObjectOrigin, OptionOrigin, Origin } from './origin';
export type { SourceRef } from './source';
