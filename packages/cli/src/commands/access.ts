import { type AccessOptions, type AccessRow, externalAccess, type Mesh } from '@sidetrace/core';
import { type ExitCode, exitCode } from '../exit-code';
import { type InputOptions, type RawInputOptions, readInputOptions } from '../input/input-options';
import { loadMesh } from '../input/load-mesh';
import { parseAccessTarget } from '../input/parse-target';
import { requireWorkload } from '../input/require-workload';
import type { Io } from '../io';
import { accessCsvHead, accessCsvRow, accessMarkdown, accessText } from '../print/access-rows';
import type { Places } from '../print/places';
import { json, textContext } from './command';

export interface AccessCommandOptions extends RawInputOptions {
  readonly output: 'text' | 'json' | 'csv' | 'markdown';
  readonly host?: readonly string[];
  readonly only?: boolean;
  readonly verdict?: readonly string[];
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
    ...(workloads === undefined ? {} : { workloads }),
    ...(workloads === undefined && config.namespaces !== undefined
      ? { namespaces: config.namespaces }
      : {}),
  };
}

function* chosen(rows: Iterable<AccessRow>, verdicts: readonly string[] | undefined) {
  for (const row of rows) if (verdicts === undefined || verdicts.includes(row.verdict)) yield row;
}

function writeCsv(rows: Iterable<AccessRow>, places: Places, io: Io): void {
  io.out(accessCsvHead());
  for (const row of rows) io.out(accessCsvRow(row, places));
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
  const rows = chosen(externalAccess(mesh, wanted), options.verdict);
  if (options.output === 'csv') writeCsv(rows, places, io);
  else if (options.output === 'json') io.out(json([...rows]));
  else if (options.output === 'markdown') io.out(accessMarkdown([...rows], places));
  else io.out(accessText([...rows], textContext(io, places, false)));
  return complete ? exitCode.fine : exitCode.notRead;
}
