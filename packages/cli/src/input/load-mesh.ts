import {
  buildMesh,
  decodeResources,
  type Issue,
  type Mesh,
  type RawResource,
} from '@sidetrace/core';
import { type LoadedFiles, loadFiles } from '@sidetrace/loader/node';
import type { Io } from '../io';
import { issueText } from '../print/issue-text';
import { paletteFor } from '../print/palette';
import { Places } from '../print/places';
import { showProgress } from '../progress';
import { UsageError } from '../usage-error';
import { overlay } from './cluster/overlay';
import { readNotes } from './cluster/snapshot-note';
import type { InputOptions } from './input-options';

/** A mesh with what is needed to talk about its input. */
export interface LoadedMesh {
  readonly mesh: Mesh;
  readonly raw: readonly RawResource[];
  /** Of reading, decoding and building. */
  readonly issues: readonly Issue[];
  readonly places: Places;
  readonly textOf: (file: string) => string | undefined;
  /** Whether everything that was asked for could be read. */
  readonly complete: boolean;
}

/** What was read of files, a cluster or both. */
type LoadedInput = Pick<LoadedFiles, 'resources' | 'issues' | 'textOf'>;

/** The mesh that manifests and options describe. */
export function meshOf(raw: readonly RawResource[], options: InputOptions) {
  const { namespace, injectDefault, istio, flags, rootNamespace, clusterDomain } = options;
  const { objects, unreadKinds } = readNotes(raw);
  const decoded = decodeResources(objects, {
    ...(namespace === undefined ? {} : { defaultNamespace: namespace }),
    ...(istio === undefined ? {} : { istioVersion: istio }),
  });
  const mesh = buildMesh(decoded.resources, {
    flags,
    ...(unreadKinds.length === 0 ? {} : { unreadKinds }),
    ...(namespace === undefined ? {} : { defaultNamespace: namespace }),
    ...(injectDefault === undefined ? {} : { injectDefault }),
    ...(istio === undefined ? {} : { istioVersion: istio }),
    ...(rootNamespace === undefined ? {} : { rootNamespace }),
    ...(clusterDomain === undefined ? {} : { clusterDomain }),
  });
  return { mesh, issues: [...decoded.issues, ...mesh.issues] };
}

async function read(options: InputOptions, io: Io): Promise<LoadedInput> {
  const { filename, cluster, namespace, rootNamespace } = options;
  if (cluster === undefined) return readFiles(filename, io);
  const { readCluster } = await import('./cluster/read-cluster');
  const found = await readCluster(cluster, rootNamespace, io);
  if (filename.length === 0) return { ...found, textOf: () => undefined };
  const files = await readFiles(filename, io);
  return {
    resources: overlay(found.resources, files.resources, namespace),
    issues: [...found.issues, ...files.issues],
    textOf: files.textOf,
  };
}

function readFiles(filename: readonly string[], io: Io): Promise<LoadedInput> {
  if (filename.length === 0) {
    throw new UsageError(
      'no input is named',
      'name files or folders with -f, standard input with -f -, or a cluster with --context',
    );
  }
  const progress = showProgress('reading', io);
  return loadFiles(filename, {
    readStdin: io.readStdin,
    onFile: progress.at,
  }).finally(progress.end);
}

/** Documents that are no Kubernetes object; an object that istiod refuses is read, and answered as istiod does. */
const notObjects = new Set(['not-an-object', 'no-kind']);

/** Reads the input and says on standard error what is wrong with it. */
export async function loadMesh(options: InputOptions, io: Io): Promise<LoadedMesh> {
  const loaded = await read(options, io);
  const places = new Places(loaded.textOf);
  const { mesh, issues: found } = meshOf(loaded.resources, options);
  const issues = [...loaded.issues, ...found];
  const least = options.verbose ? 'info' : 'warning';
  const limit = options.verbose ? Number.POSITIVE_INFINITY : 10;
  const palette = paletteFor({ ...io, outIsTerminal: io.errIsTerminal });
  io.err(issueText(issues, places, palette, { least, limit }));
  const complete =
    loaded.issues.every(({ severity }) => severity !== 'error') &&
    found.every(({ code }) => !notObjects.has(code));
  return { mesh, raw: loaded.resources, issues, places, textOf: loaded.textOf, complete };
}
