import type { Finding, Fix } from '@sidetrace/core';
import { readManifests } from '@sidetrace/loader';
import { stringify } from 'yaml';
import { type Claim, claimsOf, collide } from './claims';
import { editLines } from './edit-lines';

export interface FileChange {
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

/** What applying the fixes of an audit would do. */
export interface FixPlan {
  readonly changes: readonly FileChange[];
  readonly applied: readonly Finding[];
  readonly notApplied: readonly { readonly finding: Finding; readonly reason: string }[];
}

/** Text of a file that may be changed, or why it may not. */
export type EditableText = (
  file: string,
) =>
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'fixed'; readonly reason: string };

const unique = <T>(items: readonly T[]): readonly T[] => [...new Set(items)];

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** Line ends stay what they were: an edited document is written with line feeds. */
const lineEndsAs = (before: string, after: string) =>
  /\r\n/.test(before) && !/[^\r]\n/.test(before) ? after.replace(/\r?\n/g, '\r\n') : after;

function append(text: string, objects: NonNullable<Fix['create']>): string {
  const documents = objects.map(object => `---\n${stringify(object)}`).join('');
  return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${documents}`;
}

const unreadable = (text: string, file: string) =>
  readManifests(text, file).issues.filter(({ severity }) => severity === 'error').length;

/** The text with the part of a fix that concerns its file; the reason when that cannot be written. */
function editText(before: string, file: string, fix: Fix, creates: boolean): string | Error {
  const edits = fix.edits.filter(({ source }) => source.file === file);
  try {
    const edited = edits.length === 0 ? before : editLines(before, edits);
    const after = lineEndsAs(before, creates ? append(edited, fix.create ?? []) : edited);
    if (isJson(before) && !isJson(after)) return new Error(`\`${file}\` would be no JSON any more`);
    return unreadable(after, file) > unreadable(before, file)
      ? new Error(`\`${file}\` could not be read afterwards`)
      : after;
  } catch (error) {
    // the yaml library throws when a path leads through something that is no map or list
    const reason = error instanceof Error ? error.message : String(error);
    return new Error(`the field cannot be edited: ${reason}`);
  }
}

/** Texts after one fix, all of them or none. */
function applyFix(
  finding: Finding,
  fix: Fix,
  textOf: EditableText,
): ReadonlyMap<string, string> | Error {
  const home = finding.source?.file;
  const creates = (fix.create ?? []).length > 0;
  if (creates && home === undefined) return new Error('there is no file for the new object');
  const files = unique([
    ...fix.edits.map(({ source }) => source.file),
    ...(creates && home !== undefined ? [home] : []),
  ]);
  const texts = new Map<string, string>();
  for (const file of files) {
    const editable = textOf(file);
    if (editable.kind === 'fixed') return new Error(editable.reason);
    const after = editText(editable.text, file, fix, creates && file === home);
    if (after instanceof Error) return after;
    texts.set(file, after);
  }
  return texts;
}

interface Taken {
  readonly claim: Claim;
  readonly by: Finding;
}

function colliding(claims: readonly Claim[], taken: readonly Taken[]): Finding | undefined {
  return taken.find(({ claim }) => claims.some(own => collide(own, claim)))?.by;
}

const isTaken = (claims: readonly Claim[], taken: readonly Taken[]) =>
  claims.every(own =>
    taken.some(({ claim }) => claim.place === own.place && claim.deed === own.deed),
  );

/** Applies the fixes of findings, worst first, to texts; the first of two fixes that collide wins. */
export function planFixes(findings: readonly Finding[], textOf: EditableText): FixPlan {
  const texts = new Map<string, string>();
  const current: EditableText = file => {
    const text = texts.get(file);
    return text === undefined ? textOf(file) : { kind: 'text', text };
  };
  const taken: Taken[] = [];
  const applied: Finding[] = [];
  const notApplied: { finding: Finding; reason: string }[] = [];
  for (const finding of findings) {
    if (finding.fix === undefined) continue;
    const claims = claimsOf(finding, finding.fix);
    const other = colliding(claims, taken);
    if (other !== undefined) {
      notApplied.push({ finding, reason: `it overlaps with the fix of ${other.id}: run again` });
      continue;
    }
    const result = isTaken(claims, taken)
      ? new Map<string, string>()
      : applyFix(finding, finding.fix, current);
    if (result instanceof Error) {
      notApplied.push({ finding, reason: result.message });
      continue;
    }
    for (const [file, text] of result) texts.set(file, text);
    taken.push(...claims.map(claim => ({ claim, by: finding })));
    applied.push(finding);
  }
  return { changes: changesOf(texts, textOf), applied, notApplied };
}

function changesOf(
  texts: ReadonlyMap<string, string>,
  textOf: EditableText,
): readonly FileChange[] {
  return [...texts].flatMap(([file, after]) => {
    const before = textOf(file);
    return before.kind === 'text' && before.text !== after
      ? [{ file, before: before.text, after }]
      : [];
  });
}
