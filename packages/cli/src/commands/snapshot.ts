import type { Issue, RawResource } from '@sidetrace/core';
import { readKinds } from '@sidetrace/loader/cluster';
import { type ExitCode, exitCode } from '../exit-code';
import { readCluster } from '../input/cluster/read-cluster';
import type { Io } from '../io';
import { NotReadError } from '../not-read-error';
import { columns } from '../print/columns';
import { issueText } from '../print/issue-text';
import { paletteFor } from '../print/palette';
import { Places } from '../print/places';
import { type Named, nameOf, snapshotFiles } from '../snapshot/snapshot-files';
import { lookAt, writeSnapshot } from '../snapshot/write-snapshot';
import { UsageError } from '../usage-error';

export interface SnapshotOptions {
  readonly context?: string;
  readonly kubeconfig?: string;
  readonly rootNamespace?: string;
  readonly force?: boolean;
}

const kinds = new Set(readKinds.map(({ kind }) => kind));

async function requireFree(folder: string, force: boolean): Promise<void> {
  const found = await lookAt(folder);
  if (found === 'empty' || force) return;
  throw new UsageError(
    `${folder} is not empty`,
    found === 'snapshot'
      ? 'replace the snapshot in it with --force'
      : 'choose another folder, or write into it with --force',
  );
}

function oddIssue({ kind, namespace, name }: Named): Issue {
  return {
    code: 'snapshot-name-odd',
    severity: 'error',
    message: 'it is not written: no file can be named after it',
    hint: 'look at what sent it: Kubernetes allows no such name',
    object: { kind, namespace, name },
  };
}

/** Objects by kind, in the order in which kinds are read. */
function countsOf(resources: readonly RawResource[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { value } of resources) {
    const { kind } = nameOf(value);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}

/** How many objects of each kind were written. */
function countText(listed: ReadonlyMap<string, number>, folder: string, cluster: string): string {
  const rows = [...listed].map(([kind, count]) => [kind, count.toLocaleString('en-US')]);
  const total = [...listed.values()].reduce((sum, count) => sum + count, 0);
  const whole = `${total.toLocaleString('en-US')} objects of ${cluster} in ${folder}`;
  return `${columns(rows)}${whole}\n`;
}

/** `sidetrace snapshot`: the objects of a cluster that answers depend on, as files. */
export async function runSnapshot(
  io: Io,
  folder: string,
  options: SnapshotOptions,
): Promise<ExitCode> {
  await requireFree(folder, options.force ?? false);
  const { context, kubeconfig, rootNamespace } = options;
  const choice = {
    ...(context === undefined ? {} : { context }),
    ...(kubeconfig === undefined ? {} : { kubeconfig }),
  };
  const { listing, note } = await readCluster(choice, rootNamespace, io);
  const { files, odd } = snapshotFiles(listing.resources, note, kinds);
  try {
    await writeSnapshot(folder, files, kinds);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new NotReadError(`the snapshot is not written: ${why}`, 'choose another folder');
  }
  const issues = [...listing.issues, ...odd.map(oddIssue)];
  const palette = paletteFor({ ...io, outIsTerminal: io.errIsTerminal });
  const limit = Number.POSITIVE_INFINITY;
  io.err(issueText(issues, new Places(() => undefined), palette, { least: 'warning', limit }));
  io.out(countText(countsOf(listing.resources), folder, note.cluster));
  return issues.some(({ severity }) => severity === 'error') ? exitCode.notRead : exitCode.fine;
}
