import { decodeResources, type RawResource } from '../resources';
import { parseYaml } from '../yaml';
import { buildMesh } from './build-mesh';
import type { Mesh } from './mesh';
import type { MeshOptions } from './settings/mesh-options';

/** The documents of a manifest, separated by `---`; for tests and examples, so text that cannot be read throws. */
export function rawFromYaml(text: string): readonly RawResource[] {
  return text.split(/^---$/m).map((document, index) => {
    const result = parseYaml(document);
    if (!result.ok) throw new Error(`document ${index}: ${result.message}`);
    return { value: result.value, source: { file: 'mesh.yaml', document: index, line: 1 } };
  });
}

/** A mesh from manifests in one text, for tests and examples. */
export function meshFromYaml(text: string, options: MeshOptions = {}): Mesh {
  return buildMesh(decodeResources(rawFromYaml(text)).resources, options);
}
