import type { SourceRef } from '../origin';
import { parseYaml } from '../yaml';
import { type Cursor, field, isObject, own, type Report } from './decode/cursor';
import type { MeshConfigSource } from './decoded';
import { readMeshConfig, setPaths } from './read-mesh-config';
import type { Metadata } from './resource';

const configMapName = /^istio(?:-(.+))?$/;

/** Revision of a mesh ConfigMap by its name; `undefined` when it is another ConfigMap. */
export function meshConfigRevision(metadata: Metadata, object: unknown): string | undefined {
  const match = configMapName.exec(metadata.name);
  return match === null || own(own(object, 'data'), 'mesh') === undefined
    ? undefined
    : (match[1] ?? '');
}

/** Reads MeshConfig from a value: the decoded text of a ConfigMap, or what an installation has of it. */
export function meshConfigSource(
  value: unknown,
  { object, path, namespace }: Pick<MeshConfigSource, 'object' | 'path' | 'namespace'>,
  revision: string,
  source: SourceRef,
  report: Report,
): MeshConfigSource {
  const cursor: Cursor = { value: isObject(value) ? value : {}, key: '', report };
  return {
    namespace,
    revision,
    config: readMeshConfig(cursor),
    source,
    object,
    path,
    set: setPaths(cursor.value),
  };
}

/** The text under `data.mesh`, parsed; what cannot be read is reported and leaves the defaults in force. */
export function meshConfigText(object: Cursor): unknown {
  const cursor = field(field(object, 'data'), 'mesh');
  if (typeof cursor.value !== 'string') return undefined;
  const result = parseYaml(cursor.value);
  if (result.ok) return result.value;
  const message = `the mesh configuration is not YAML: ${result.message} (line ${result.line} of the text)`;
  object.report(
    'wrong-type',
    'data.mesh',
    message,
    'correct the text; until then the defaults are in force',
  );
  return undefined;
}
