import { demoCardAnswer, demoFindings, demoSource, demoTabAnswer } from './demo-entity';
import { demoMesh } from './demo-mesh';
import {
  demoBypasses,
  demoCell,
  demoComparison,
  demoHistory,
  demoMatrix,
  demoMeshFindings,
  demoOverview,
  demoWhatIf,
} from './demo-mesh-views';

/** What the backend's route answers for the demo mesh; `undefined` for a path that it does not have. */
export type DemoRoute = (query: URLSearchParams, body: unknown) => object;

const modeIn = (body: unknown) =>
  typeof body === 'object' && body !== null && 'outboundMode' in body
    ? String(body.outboundMode)
    : '';

/** Routes of the backend below `/api/sidetrace`, answered from a small mesh by core itself. */
export function demoRoutes(): ReadonlyMap<string, DemoRoute> {
  const mesh = demoMesh();
  return new Map<string, DemoRoute>([
    ['/entities/default/component/web/card', () => demoCardAnswer(mesh)],
    ['/entities/default/component/web/tab', () => demoTabAnswer(mesh)],
    ['/entities/default/component/web/what-if', () => ({ elsewhere: 2 })],
    ['/mesh/overview', () => demoOverview(mesh)],
    ['/mesh/matrix', () => demoMatrix(mesh)],
    ['/mesh/trace', query => demoCell(mesh, query)],
    ['/mesh/findings', () => demoMeshFindings(mesh)],
    [
      '/mesh/finding',
      query => ({
        source: demoSource,
        details: demoFindings(mesh).find(
          ({ finding }) => finding.fingerprint === query.get('fingerprint'),
        ),
      }),
    ],
    ['/mesh/bypasses', () => demoBypasses(mesh)],
    ['/mesh/what-if', (_, body) => demoWhatIf(mesh, modeIn(body))],
    ['/mesh/history', () => demoHistory()],
    ['/mesh/history/comparison', () => demoComparison(mesh)],
  ]);
}
