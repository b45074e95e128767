import type { Origin } from '../../origin';
import type { Cluster } from '../config/cluster';
import type { ClusterChoice } from '../config/cluster-choice';
import type { EnvoyProgram } from '../config/program';
import type { ChosenCluster } from './walk';
import type { Ending, WalkRecorder } from './walk-recorder';

/** True when the cluster has a host to dial. What is dialled or resolved per call always counts. */
export function hasUsableHost(cluster: Cluster): boolean {
  return (
    cluster.discovery === 'ORIGINAL_DST' ||
    cluster.discovery === 'DYNAMIC_FORWARD_PROXY' ||
    cluster.endpoints.some(endpoint => endpoint.healthy)
  );
}

function choose(program: EnvoyProgram, choice: ClusterChoice): readonly ChosenCluster[] {
  const wanted = choice.kind === 'single' ? [{ name: choice.name }] : choice.clusters;
  return wanted.map(item => {
    const cluster = program.cluster(item.name);
    return cluster === undefined ? item : { ...item, cluster };
  });
}

function stepEndpoints(cluster: Cluster, recorder: WalkRecorder): Ending {
  const { origin } = cluster;
  if (!hasUsableHost(cluster)) {
    const title = `cluster ${cluster.name} has no healthy endpoint`;
    const ending: Ending = { outcome: 'no-healthy-host' };
    recorder.block({ kind: 'endpoint', title, origin }, ending);
    return ending;
  }
  const healthy = cluster.endpoints.filter(endpoint => endpoint.healthy).length;
  const title =
    cluster.discovery === 'ORIGINAL_DST'
      ? 'dials the intercepted address'
      : cluster.discovery === 'DYNAMIC_FORWARD_PROXY'
        ? 'resolves the name of the request and dials it'
        : `${healthy} of ${cluster.endpoints.length} endpoints can be used`;
  recorder.step({ kind: 'endpoint', title, origin });
  return { outcome: 'forwarded' };
}

function stepCluster(chosen: ChosenCluster, origin: Origin, recorder: WalkRecorder): Ending {
  const { name, cluster } = chosen;
  if (cluster === undefined) {
    const ending: Ending = { outcome: 'no-cluster' };
    recorder.block({ kind: 'cluster', title: `cluster ${name} does not exist`, origin }, ending);
    return ending;
  }
  const title = `cluster ${name} (${cluster.discovery})`;
  recorder.step({ kind: 'cluster', title, origin: cluster.origin });
  return stepEndpoints(cluster, recorder);
}

/** Finds the cluster or clusters of a route or `tcp_proxy` and whether a host can be dialled. */
export function forward(
  program: EnvoyProgram,
  target: { readonly clusters: ClusterChoice; readonly origin: Origin },
  recorder: WalkRecorder,
): Ending {
  const chosen = choose(program, target.clusters);
  recorder.foundClusters(chosen);
  const [first] = chosen;
  if (first === undefined) return { outcome: 'no-cluster' };
  if (target.clusters.kind === 'single') return stepCluster(first, target.origin, recorder);
  for (const { name, weight, cluster } of chosen) {
    const state = cluster === undefined ? 'does not exist' : `is ${cluster.discovery}`;
    const title = `cluster ${name} (weight ${weight ?? 0}) ${state}`;
    recorder.step({ kind: 'cluster', title, origin: cluster?.origin ?? target.origin });
  }
  return { outcome: 'split' };
}
