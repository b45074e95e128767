import type { MeshChange } from '@sidetrace/core';
import { accessMatrix, whatIfMatrix } from '@sidetrace/core/access';
import { loadFiles } from '@sidetrace/loader/node';
import { type ExitCode, exitCode } from '../exit-code';
import { type RawInputOptions, readInputOptions } from '../input/input-options';
import { loadMesh } from '../input/load-mesh';
import type { Io } from '../io';
import { isEmptyDiff } from '../print/diff-text';
import { issueText } from '../print/issue-text';
import { paletteFor } from '../print/palette';
import { Places } from '../print/places';
import { UsageError } from '../usage-error';
import { accessOptionsOf } from './access';
import { type DiffOptions, writeDiff } from './diff';

export interface WhatIfOptions extends RawInputOptions {
  readonly output: DiffOptions['output'];
  readonly host?: readonly string[];
  readonly set?: readonly string[];
  readonly apply?: readonly string[];
  readonly remove?: readonly string[];
}

function settingOf(text: string): MeshChange {
  const [name, mode = ''] = text.split('=');
  if (name !== 'outbound' || mode === '') {
    throw new UsageError(`--set: \`${text}\` is not known`, 'write --set outbound=REGISTRY_ONLY');
  }
  return { kind: 'set-outbound', mode };
}

function removalOf(text: string): MeshChange {
  const [kind = '', first = '', second] = text.split('/');
  if (kind === '' || first === '') {
    throw new UsageError(`--remove: \`${text}\` names no object`, 'write Kind/namespace/name');
  }
  const object =
    second === undefined ? { kind, name: first } : { kind, namespace: first, name: second };
  return { kind: 'remove', object };
}

/** `sidetrace what-if`: what the access would be after an edit. */
export async function runWhatIf(io: Io, options: WhatIfOptions): Promise<ExitCode> {
  const input = readInputOptions(options);
  const edits = await loadFiles(options.apply ?? [], { readStdin: io.readStdin });
  const changes: readonly MeshChange[] = [
    ...(options.set ?? []).map(settingOf),
    ...(options.remove ?? []).map(removalOf),
    ...edits.resources.map(resource => ({ kind: 'apply' as const, resource })),
  ];
  if (changes.length === 0 && edits.issues.length === 0) {
    throw new UsageError('nothing is changed', 'use --set, --apply or --remove');
  }
  const loaded = await loadMesh(input, io);
  const { mesh } = loaded;
  const part = accessOptionsOf(mesh, undefined, options.host ?? [], input);
  const { diff, issues } = whatIfMatrix(mesh, accessMatrix(mesh, part), changes, part);
  const places = new Places(file => edits.textOf(file) ?? loaded.textOf(file));
  const palette = paletteFor({ ...io, outIsTerminal: io.errIsTerminal });
  io.err(issueText([...edits.issues, ...issues], places, palette, { least: 'warning', limit: 10 }));
  writeDiff(diff, options.output, places, io);
  if (!loaded.complete || edits.issues.some(({ severity }) => severity === 'error')) {
    return exitCode.notRead;
  }
  return isEmptyDiff(diff) ? exitCode.fine : exitCode.findings;
}
