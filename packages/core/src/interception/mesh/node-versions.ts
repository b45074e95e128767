import { derive, type Mesh, memberAt } from '../../mesh';
import { scalarText } from '../../resources';
import type { NodeVersion } from '../pod/pod-input';

/** Kubelet versions of the Node objects in the input. */
export const nodeVersionsOf: (mesh: Mesh) => readonly NodeVersion[] = derive(
  mesh => [mesh.resources.other],
  mesh =>
    mesh.resources.other
      .filter(({ kind }) => kind === 'Node')
      .map(({ metadata, spec }) => ({
        name: metadata.name,
        kubeletVersion: scalarText(memberAt(spec, 'status.nodeInfo.kubeletVersion')),
      })),
);
