export type { MeshChange } from './changes/change';
export type { AccessDiff, ChangedRow } from './changes/diff';
export type { AccessOptions, AccessTarget } from './matrix/access-options';
export {
  type AccessProtocol,
  type AccessRow,
  type Control,
  type Delivery,
  type Verdict,
  verdicts,
} from './row';
