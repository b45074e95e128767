import { formatObjectRef, type Issue } from '../../origin';
import { decodeResources, type OutboundMode } from '../../resources';
import { buildMesh } from '../build-mesh';
import { inherit } from '../derive';
import type { Mesh } from '../mesh';
import { findWorkload } from '../workload/workloads';
import { annotateWorkload } from './annotate';
import { applyResources, removeObject } from './edit-resources';
import type { MeshChange } from './mesh-change';

/** A mesh after changes, and what of them could not be done. */
export interface ChangedMesh {
  readonly mesh: Mesh;
  readonly issues: readonly Issue[];
}

const modes: readonly OutboundMode[] = ['REGISTRY_ONLY', 'ALLOW_ANY', 'ALLOW_ANY_DYNAMIC_DNS'];

const refused = (message: string, hint: string): readonly Issue[] => [
  { code: 'change-not-applied', severity: 'error', message, hint },
];

function rebuild(base: Mesh, resources: Mesh['resources'], options: Mesh['options']): Mesh {
  const mesh = buildMesh(resources, options);
  inherit(mesh, base);
  return mesh;
}

function setOutbound(mesh: Mesh, mode: string): ChangedMesh {
  const known = modes.find(item => item === mode);
  if (known === undefined) {
    const hint = `choose one of ${modes.join(', ')}`;
    return { mesh, issues: refused(`\`${mode}\` is no outbound mode`, hint) };
  }
  const options = { ...mesh.options, outboundMode: known };
  return { mesh: rebuild(mesh, mesh.resources, options), issues: [] };
}

function applyOne(mesh: Mesh, change: MeshChange): ChangedMesh {
  const { resources, options } = mesh;
  switch (change.kind) {
    case 'apply': {
      const { defaultNamespace } = options;
      const added = decodeResources(
        [change.resource],
        defaultNamespace === undefined ? {} : { defaultNamespace },
      );
      const edited = applyResources(resources, added.resources);
      return { mesh: rebuild(mesh, edited, options), issues: added.issues };
    }
    case 'remove': {
      const edited = removeObject(resources, change.object);
      return { mesh: rebuild(mesh, edited, options), issues: [] };
    }
    case 'set-outbound':
      return setOutbound(mesh, change.mode);
    case 'annotate': {
      const workload = findWorkload(mesh, change.workload);
      if (workload === undefined) {
        const name = formatObjectRef(change.workload);
        return { mesh, issues: refused(`\`${name}\` is not in the mesh`, 'check its name') };
      }
      const edited = annotateWorkload(resources, workload, change.annotation, change.value);
      return { mesh: rebuild(mesh, edited, options), issues: [] };
    }
  }
}

/**
 * The mesh as it would be after these edits, in turn. It shares with the old one whatever the edits cannot have touched,
 * and answers as one built anew from its resources. An object that is applied again keeps its age.
 *
 * ```ts
 * const { mesh: after } = applyChanges(mesh, [{ kind: 'set-outbound', mode: 'REGISTRY_ONLY' }]);
 * ```
 */
export function applyChanges(mesh: Mesh, changes: readonly MeshChange[]): ChangedMesh {
  const issues: Issue[] = [];
  let current = mesh;
  for (const change of changes) {
    const step = applyOne(current, change);
    current = step.mesh;
    issues.push(...step.issues);
  }
  return { mesh: current, issues };
}
