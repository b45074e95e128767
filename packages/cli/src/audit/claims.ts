import type { Finding, Fix } from '@sidetrace/core';

type Edit = Fix['edits'][number];

/** What a fix touches; two fixes that do different things at one place are not both applied. */
export interface Claim {
  /** The document, or the kind of object that is new. */
  readonly place: string;
  readonly path: readonly string[];
  /** What is done there; equal deeds do not collide. */
  readonly deed: string;
}

function editClaim(edit: Edit): Claim {
  const { source, path, op } = edit;
  const whole = [
    ...(source.item?.split('.') ?? []),
    ...path.flatMap(key => String(key).split('.')),
  ];
  const deed = JSON.stringify([op, whole, op === 'set' ? edit.value : '']);
  // a removed element moves those behind it, so the whole list is touched
  const moves = op === 'remove' && typeof path.at(-1) === 'number';
  const place = `${source.file}\n${source.document}`;
  return { place, path: moves ? whole.slice(0, -1) : whole, deed };
}

function objectClaim(object: Readonly<Record<string, unknown>>): Claim {
  const { kind, metadata } = object;
  const names = new Map<string, unknown>(Object.entries(metadata ?? {}));
  const path = [kind, names.get('namespace'), names.get('name')].map(String);
  return { place: 'new', path, deed: JSON.stringify(object) };
}

/** A new object answers what a field says now: not when that field changes as well. */
function groundClaim({ source, path = '' }: Finding, create: Fix['create'] & {}): Claim[] {
  if (source === undefined || create.length === 0) return [];
  const whole = [...(source.item?.split('.') ?? []), ...path.split('.')];
  const place = `${source.file}\n${source.document}`;
  return [{ place, path: whole, deed: JSON.stringify(create) }];
}

export function claimsOf(finding: Finding, { edits, create = [] }: Fix): readonly Claim[] {
  return [...edits.map(editClaim), ...create.map(objectClaim), ...groundClaim(finding, create)];
}

/** Whether two claims are of one field, or one of a field around the other, and differ. */
export function collide(a: Claim, b: Claim): boolean {
  if (a.place !== b.place || a.deed === b.deed) return false;
  const shared = Math.min(a.path.length, b.path.length);
  return a.path.slice(0, shared).every((key, index) => key === b.path[index]);
}
