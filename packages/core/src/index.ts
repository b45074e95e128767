export type { Assumption, Issue, ObjectRef, Origin, SourceRef } from './origin';
export { formatObjectRef } from './origin';
export {
  type DecodedResources,
  type DecodeResult,
  decodeResources,
  type RawResource,
} from './resources';
export { parseYaml } from './yaml';
