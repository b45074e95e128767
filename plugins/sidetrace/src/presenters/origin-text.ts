import type { SharedOrigin } from '@sidetrace/backstage-plugin-sidetrace-common';
import { formatObjectRef, type Origin } from '@sidetrace/core';

/** `ServiceEntry shop/stripe spec.hosts.0 (mesh.yaml, document at line 12)`, or the default or option that decided. */
export function originText(origin: Origin): string {
  switch (origin.kind) {
    case 'option':
      return `option ${origin.option}`;
    case 'default': {
      const since = origin.since === undefined ? '' : ` (from Istio ${origin.since})`;
      return `default ${origin.default}${since}`;
    }
    case 'object': {
      const { object, path, source } = origin;
      const field = path === '' ? '' : ` ${path}`;
      const place =
        source === undefined ? '' : ` (${source.file}, document at line ${source.line})`;
      return `${formatObjectRef(object)}${field}${place}`;
    }
    default:
      return origin satisfies never;
  }
}

/** The same without field and file, for small places. */
export function shortOrigin(origin: Origin): string {
  return origin.kind === 'object' ? formatObjectRef(origin.object) : originText(origin);
}

/** What decided for several workloads: the field that each has in a manifest of its own, else as `shortOrigin`. */
export const sharedOriginText = (origin: SharedOrigin): string =>
  origin.kind === 'own' ? `${origin.part} ${origin.path}` : shortOrigin(origin);
