import { decodeResources } from '@sidetrace/core';
import { buildMesh, type Mesh } from '@sidetrace/core/testing';
import { readYaml } from '@sidetrace/loader';
import type { SuiteContext } from './suite';

/** Opens the recorded meshes of a suite by name, each once. */
export function recordedMeshes(context: SuiteContext): (name: string) => Mesh {
  const meshes = new Map<string, Mesh>();
  return name => {
    const known = meshes.get(name);
    if (known !== undefined) return known;
    const file = `meshes/${name}.yaml`;
    const { resources } = readYaml(context.readText(file), file);
    const mesh = buildMesh(decodeResources(resources).resources, { istioVersion: context.istio });
    meshes.set(name, mesh);
    return mesh;
  };
}
