import type { DecodedResources } from '../../resources';
import { allocationOf, assumedClusterIps } from '../addresses/assumed-service-addresses';
import { objectLists } from '../changes/edit-resources';
import type { Mesh } from '../mesh';
import { proxiesOf } from '../proxy/proxies';
import type { MeshOptions } from '../settings/mesh-options';
import { assumedPodIps } from '../workload/pod-view';
import type { Workload } from '../workload/workload';
import { collectReach } from './reach';
import { selectResources } from './select-resources';

/** The part of a mesh that one workload's answers depend on; `buildMesh(resources, options)` makes a mesh of it. Plain data. */
export interface MeshSlice {
  readonly resources: DecodedResources;
  readonly options: MeshOptions;
}

/** A mesh of so few objects is sent as a whole; so is one for a workload without a proxy, which nothing confines. */
const wholeLimit = 1500;

const objectCount = (resources: DecodedResources) =>
  objectLists.reduce((count, list) => count + resources[list].length, 0);

/** Addresses that we chose: the part must not choose others. */
function chosenAddresses(mesh: Mesh): Readonly<Record<string, string>> {
  const allocated = [...allocationOf(mesh).assumed].map(
    ([key, { ipv4 = '', ipv6 = '' }]) => [key, `${ipv4},${ipv6}`] as const,
  );
  return Object.fromEntries([...assumedClusterIps(mesh), ...assumedPodIps(mesh), ...allocated]);
}

function optionsOf(mesh: Mesh): MeshOptions {
  const wasAssumed = mesh.assumptions.some(({ code }) => code === 'istio-version-assumed');
  return {
    ...mesh.options,
    ...(wasAssumed ? {} : { istioVersion: mesh.istioVersion }),
    assumedAddresses: chosenAddresses(mesh),
  };
}

/**
 * The part of the mesh that a workload's answers depend on, small enough to send to a browser: what its Sidecar imports, the
 * pods behind it and the gateways on the way, and what configures those. Answers on it equal answers on the whole, but for
 * destinations that the Sidecar does not import: of these the slice knows nothing.
 */
export function sliceMesh(mesh: Mesh, workload: Workload): MeshSlice {
  const options = optionsOf(mesh);
  const whole = objectCount(mesh.resources) <= wholeLimit || proxiesOf(mesh, workload).length === 0;
  if (whole) return { resources: mesh.resources, options };
  return { resources: selectResources(mesh, collectReach(mesh, workload)), options };
}
