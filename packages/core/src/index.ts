export type { Assumption, Issue, ObjectRef, Origin, SourceRef } from './origin';
export { formatObjectRef } from './origin';
