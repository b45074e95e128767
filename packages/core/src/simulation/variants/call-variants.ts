import type { Mesh } from '../../mesh';
import { stackOfCall } from '../caller';
import type { SimulateOptions } from '../options';
import { stacksOf } from '../pod/build-stack';
import { workloadClassOf } from '../pod/workload-class';
import { simulate } from '../simulate';
import type { Call } from '../trace';
import type { CallVariant } from './call-variant';
import { clientVariants } from './client-variants';
import { worldVariants } from './world-variants';

interface Varied {
  readonly when: string;
  readonly call: Call;
  readonly options: SimulateOptions;
}

/** Who else in the pod, and which other pod of the workload, may make the call. */
function callerVariants(mesh: Mesh, call: Call, options: SimulateOptions): readonly Varied[] {
  const stack = stackOfCall(mesh, call);
  if (stack === undefined || 'outside' in call.from) return [];
  const { proxy } = stack;
  const seen = new Set([workloadClassOf(mesh, stack)]);
  const others = stacksOf(mesh, stack.workload).filter(other => {
    const key = workloadClassOf(mesh, other);
    const fresh = !seen.has(key);
    seen.add(key);
    return fresh;
  });
  const user = proxy?.user;
  return [
    ...others.map(({ name }) => ({
      when: `from pod ${name}`,
      call: { ...call, pod: name },
      options,
    })),
    ...(user === undefined
      ? []
      : [
          {
            when: 'while the proxy is not running (start-up, shutdown, init containers)',
            call,
            options: { ...options, proxyState: 'not-started' as const },
          },
          {
            when: `by a process with the user of the proxy (uid ${user.uid})`,
            call: { ...call, uid: user.uid, gid: user.gid },
            options,
          },
        ]),
  ];
}

/**
 * One call as asked, and under each condition that the question leaves open: another client, another pod, the proxy not
 * running, the outside not as it should be. What a symptom may come from in this mesh is among them.
 *
 * ```ts
 * explainSymptom('502', callVariants(mesh, call));
 * ```
 */
export function callVariants(
  mesh: Mesh,
  call: Call,
  options: SimulateOptions = {},
): readonly CallVariant[] {
  const trace = simulate(mesh, call, options);
  const others = (trace.alternatives ?? []).slice(1);
  const varied: readonly Varied[] = [
    ...others.map(({ cluster, endpoint }) => ({
      when:
        endpoint === undefined
          ? `if the route takes cluster ${cluster}`
          : `if endpoint ${endpoint} of ${cluster} is chosen`,
      call,
      options: {
        ...options,
        weightedCluster: cluster,
        ...(endpoint !== undefined && { endpoint }),
      },
    })),
    ...callerVariants(mesh, call, options),
    ...clientVariants(call).map(client => ({ ...client, options })),
    ...worldVariants(options.world, trace).map(({ when, world }) => ({
      when,
      call,
      options: { ...options, world },
    })),
  ];
  return [
    { trace },
    ...varied.map(item => ({
      when: item.when,
      trace: simulate(mesh, item.call, item.options),
    })),
  ];
}
