import { decodeResources, type RawResource } from '@sidetrace/core';
import { buildMesh, type Mesh, validateResource } from '@sidetrace/core/testing';
import { readYaml } from '@sidetrace/loader';
import type { SuiteContext } from './suite';

/** Objects that the webhook of this version refuses were never stored in the recorded cluster. */
function admitted(resources: readonly RawResource[], istioVersion: string): readonly RawResource[] {
  return resources.filter(
    resource => validateResource(resource, { istioVersion })?.admission.accepted !== false,
  );
}

/** Opens the recorded meshes of a suite by name, each once. */
export function recordedMeshes(context: SuiteContext): (name: string) => Mesh {
  const meshes = new Map<string, Mesh>();
  return name => {
    const known = meshes.get(name);
    if (known !== undefined) return known;
    const file = `meshes/${name}.yaml`;
    const { resources } = readYaml(context.readText(file), file);
    const stored = admitted(resources, context.istio);
    const mesh = buildMesh(decodeResources(stored).resources, { istioVersion: context.istio });
    meshes.set(name, mesh);
    return mesh;
  };
}
