import type { CompoundEntityRef } from '@backstage/catalog-model';
import type { BypassPage, BypassRequest } from '../wire/bypass';
import type { EntityCardAnswer, EntityTabAnswer } from '../wire/entity-answer';
import type { ExportFile, ExportRequest } from '../wire/export';
import type { FindingsRequest, MeshFindingAnswer, MeshFindings } from '../wire/finding-view';
import type {
  CompareRequest,
  HistoryPage,
  HistoryRequest,
  SnapshotComparison,
} from '../wire/history';
import type { CellRequest, CellTrace, MatrixPage, MatrixRequest } from '../wire/matrix';
import type { MeshOverview } from '../wire/mesh-answer';
import type { SuggestAnswer, SuggestRequest } from '../wire/suggestion';
import type {
  EntityWhatIfAnswer,
  EntityWhatIfRequest,
  MeshWhatIfAnswer,
  MeshWhatIfRequest,
} from '../wire/what-if';

/** The views of the backend, one request each. Rejects with a `ResponseError`. */
export interface SidetraceApi {
  /** Permission `sidetrace.entity.read`, like all that is about an entity. */
  entityCard(entity: CompoundEntityRef): Promise<EntityCardAnswer>;
  /** `workload`: the id of one of the entity's workloads; the first when not given. */
  entityTab(entity: CompoundEntityRef, workload?: string): Promise<EntityTabAnswer>;
  /** Also needs `sidetrace.simulate`. */
  entityWhatIf(
    entity: CompoundEntityRef,
    request: EntityWhatIfRequest,
  ): Promise<EntityWhatIfAnswer>;
  /** How to make a call of the entity succeed. Also needs `sidetrace.simulate`. */
  suggestFixes(entity: CompoundEntityRef, request: SuggestRequest): Promise<SuggestAnswer>;

  /** Permission `sidetrace.mesh.read`, like all that is about a mesh. */
  meshOverview(): Promise<MeshOverview>;
  matrix(request?: MatrixRequest): Promise<MatrixPage>;
  /** Also needs `sidetrace.simulate`. */
  cellTrace(request: CellRequest): Promise<CellTrace>;
  meshFindings(request?: FindingsRequest): Promise<MeshFindings>;
  meshFinding(source: string, fingerprint: string): Promise<MeshFindingAnswer>;
  bypasses(request?: BypassRequest): Promise<BypassPage>;
  history(request?: HistoryRequest): Promise<HistoryPage>;
  compareSnapshots(request: CompareRequest): Promise<SnapshotComparison>;
  /** Also needs `sidetrace.simulate`. */
  meshWhatIf(request: MeshWhatIfRequest): Promise<MeshWhatIfAnswer>;

  /** The whole list behind a view as a file. Also needs `sidetrace.export`. */
  download(request: ExportRequest): Promise<ExportFile>;
  /** Makes the backend read its sources now. Permission `sidetrace.refresh`. */
  refresh(): Promise<void>;
}
