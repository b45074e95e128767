import { type AccessOptions, externalAccess, type Mesh } from '@sidetrace/core';
import { accessMatrix } from '@sidetrace/core/access';
import { type ExitCode, exitCode } from '../exit-code';
import { declaredByWorkload } from '../input/declared-hosts';
import { type InputOptions, type RawInputOptions, readInputOptions } from '../input/input-options';
import { loadMesh } from '../input/load-mesh';
import { parseAccessTarget } from '../input/parse-target';
import { requireWorkload } from '../input/require-workload';
import type { Io } from '../io';
import { stream } from '../print/stream';
import { countedOn, showProgress } from '../progress';
import { type AccessFormat, groupTexts, rowTexts } from './access-texts';
import { textContext } from './command';

export interface AccessCommandOptions extends RawInputOptions {
  readonly output: AccessFormat;
  readonly host?: readonly string[];
  readonly only?: boolean;
  readonly verdict?: readonly string[];
  /** Rows for groups of workloads, the default for the whole mesh, or for each workload. */
  readonly by?: 'group' | 'workload';
}

/** Which part of the matrix the arguments ask for. */
export function accessOptionsOf(
  mesh: Mesh,
  selector: string | undefined,
  hosts: readonly string[],
  { namespace, config }: InputOptions,
): AccessOptions {
  const workloads =
    selector === undefined ? undefined : [requireWorkload(mesh, selector, namespace).ref];
  return {
    hosts: hosts.map(parseAccessTarget),
    ...(config.declaredHosts === undefined
      ? {}
      : {
          declared: declaredByWorkload(
            config.declaredHosts,
            mesh.workloads.map(({ ref }) => ref),
          ),
        }),
    ...(workloads === undefined ? {} : { workloads }),
    ...(workloads === undefined && config.namespaces !== undefined
      ? { namespaces: config.namespaces }
      : {}),
  };
}

/** `sidetrace access`: who may reach which external host, and by which object. */
export async function runAccess(
  io: Io,
  selector: string | undefined,
  options: AccessCommandOptions,
): Promise<ExitCode> {
  const input = readInputOptions(options);
  const { mesh, places, complete } = await loadMesh(input, io);
  const { hosts = [], ...part } = accessOptionsOf(mesh, selector, options.host ?? [], input);
  const wanted = options.only === true ? { ...part, onlyHosts: hosts } : { ...part, hosts };
  const context = textContext(io, places, false);
  const { output, verdict } = options;
  const isGrouped = (options.by ?? (selector === undefined ? 'group' : 'workload')) === 'group';
  const progress = showProgress('rows of the matrix', io);
  const texts = isGrouped
    ? groupTexts(countedOn(progress, accessMatrix(mesh, wanted).rows), output, verdict, context)
    : rowTexts(countedOn(progress, externalAccess(mesh, wanted)), output, verdict, context);
  await stream(texts, io);
  return complete ? exitCode.fine : exitCode.notRead;
}
