import { type RawInputOptions, readInputOptions } from '../input/input-options';
import { loadMesh } from '../input/load-mesh';
import type { Io } from '../io';
import { UsageError } from '../usage-error';

/** `namespace/name` of the workloads in the files that are named, or those of `sidetrace.yaml`; none when nothing is. */
export async function knownWorkloads(raw: RawInputOptions, io: Io): Promise<readonly string[]> {
  try {
    const input = readInputOptions(raw);
    // standard input belongs to the shell while somebody types
    if (input.filename.length === 0 || input.filename.includes('-')) return [];
    const { mesh } = await loadMesh(input, { ...io, err: () => undefined });
    return mesh.workloads.map(({ ref }) => `${ref.namespace}/${ref.name}`).sort();
  } catch (error) {
    // a word that is not complete yet, such as half a name of a file
    if (error instanceof UsageError) return [];
    throw error;
  }
}
