import type {
  FindingState,
  MeshFinding,
  RenderedFix,
} from '@sidetrace/backstage-plugin-sidetrace-common';
import { type Finding, formatObjectRef } from '@sidetrace/core';

/** A heading of a list of findings and what is below it. */
export interface FindingGroup<T extends MeshFinding> {
  readonly id: string;
  readonly heading: string;
  readonly items: readonly T[];
}

export const groupings = ['check', 'namespace', 'owner'] as const;
export type Grouping = (typeof groupings)[number];

export const groupingOf = (text: string): Grouping =>
  groupings.find(item => item === text) ?? 'check';

function headingsOf({ finding, owners }: MeshFinding, by: Grouping): readonly string[] {
  switch (by) {
    case 'check':
      return [finding.title];
    case 'namespace':
      return [finding.object.namespace ?? ''];
    case 'owner':
      return owners.length === 0 ? [''] : owners;
    default:
      return by satisfies never;
  }
}

/** Findings under headings, in the order in which they come; one with several owners stands under each. */
export function groupFindings<T extends MeshFinding>(
  items: readonly T[],
  by: Grouping,
): readonly FindingGroup<T>[] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    for (const heading of headingsOf(item, by)) {
      const group = groups.get(heading);
      if (group === undefined) groups.set(heading, [item]);
      else group.push(item);
    }
  }
  return [...groups].map(([heading, found]) => ({
    id: `${by} ${heading}`,
    heading,
    items: found,
  }));
}

/** Findings that count, and those that somebody has accepted. */
export function splitByState<T extends { readonly state: FindingState }>(items: readonly T[]) {
  return {
    open: items.filter(({ state }) => state === 'open'),
    expired: items.filter(({ state }) => state === 'expired'),
    waived: items.filter(({ state }) => state === 'waived'),
  };
}

/** Address of the page about a check, below where the documentation is published. */
export function docsLink(base: string | undefined, { docs }: Finding): string | undefined {
  return base === undefined ? undefined : `${base.replace(/\/+$/, '')}/${docs}`;
}

/** An object of a fix: what it is, where it stands, its text before and after. */
export interface FixView {
  readonly id: string;
  readonly name: string;
  readonly place?: { readonly file: string; readonly line: number };
  readonly before: string;
  readonly after: string;
}

export function fixViews({ objects }: RenderedFix): readonly FixView[] {
  return objects.map(({ object, place, before, after }) => ({
    id: formatObjectRef(object),
    name: formatObjectRef(object),
    ...(place === undefined ? {} : { place }),
    before: before ?? '',
    after,
  }));
}
