import type { EnvoyStep, EnvoyWalk } from '../../../envoy';
import type { Run } from '../../run';
import type { Step } from '../../trace';

const stepKinds: Readonly<Record<EnvoyStep['kind'], Step['kind']>> = {
  listener: 'listener',
  'listener-filter': 'listener',
  'filter-chain': 'filter-chain',
  tls: 'tls',
  policy: 'policy',
  'route-config': 'route-config',
  'virtual-host': 'virtual-host',
  route: 'route',
  cluster: 'cluster',
  endpoint: 'endpoint',
};

/** Writes what an Envoy looked at into the trace. */
export function recordSteps(run: Run, walk: EnvoyWalk): void {
  for (const step of walk.steps) {
    const { title, detail, candidates, origin, blocks, hypothetical } = step;
    run.recorder.step({
      kind: stepKinds[step.kind],
      lane: 'envoy',
      title,
      ...(detail !== undefined && { detail }),
      ...(candidates.length > 0 && { candidates }),
      ...(origin !== undefined && { origin }),
      ...(blocks === true && { blocks }),
      ...(hypothetical === true && { hypothetical }),
    });
  }
}
