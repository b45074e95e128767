import type { BypassFilter } from './bypass';
import type { FindingFilter } from './finding-view';
import type { CompareRequest } from './history';
import type { MatrixFilter } from './matrix';
import type { MeshWhatIfRequest } from './what-if';

/** A download: the whole list behind a view, filtered in the same way. */
export type ExportRequest =
  | {
      readonly kind: 'access';
      readonly format: 'csv' | 'json' | 'markdown';
      readonly filter?: MatrixFilter;
    }
  | {
      readonly kind: 'findings';
      readonly format: 'csv' | 'json' | 'sarif' | 'markdown';
      readonly filter?: FindingFilter;
    }
  | {
      readonly kind: 'bypasses';
      readonly format: 'csv' | 'json' | 'markdown';
      readonly filter?: BypassFilter;
    }
  | {
      readonly kind: 'comparison';
      readonly format: 'csv' | 'json' | 'markdown';
      readonly snapshots: CompareRequest;
    }
  | {
      readonly kind: 'what-if';
      readonly format: 'csv' | 'json' | 'markdown';
      readonly request: MeshWhatIfRequest;
    };

/** A file as downloaded. */
export interface ExportFile {
  /** Name for saving, as the backend proposes it. */
  readonly name: string;
  readonly content: Blob;
}
