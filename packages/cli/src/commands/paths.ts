import { trafficPaths } from '@sidetrace/core';
import { type ExitCode, exitCode } from '../exit-code';
import { type RawInputOptions, readInputOptions } from '../input/input-options';
import { loadMesh } from '../input/load-mesh';
import { requireWorkload } from '../input/require-workload';
import type { Io } from '../io';
import { pathsMarkdown } from '../print/paths-markdown';
import { pathsText } from '../print/paths-text';
import { yamlText } from '../print/yaml-text';
import { json, textContext } from './command';

export interface PathsOptions extends RawInputOptions {
  readonly output: 'text' | 'json' | 'yaml' | 'markdown';
  readonly all?: boolean;
}

/** `sidetrace paths`: the six kinds of traffic of a workload. */
export async function runPaths(io: Io, workload: string, options: PathsOptions): Promise<ExitCode> {
  const input = readInputOptions(options);
  const { mesh, places, complete } = await loadMesh(input, io);
  const { ref } = requireWorkload(mesh, workload, input.namespace);
  const paths = trafficPaths(mesh, ref);
  if (options.output === 'json') io.out(json(paths));
  else if (options.output === 'yaml') io.out(yamlText(paths));
  else if (options.output === 'markdown') io.out(pathsMarkdown(paths));
  else io.out(pathsText(paths, textContext(io, places, options.all ?? false)));
  return complete ? exitCode.fine : exitCode.notRead;
}
