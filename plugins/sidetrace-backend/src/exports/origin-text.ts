import type { SharedOrigin } from '@sidetrace/backstage-plugin-sidetrace-common';
import { formatObjectRef } from '@sidetrace/core';

/** What decided, in a cell of a table. */
export function originText(origin: SharedOrigin): string {
  switch (origin.kind) {
    case 'object': {
      const { object, path, source } = origin;
      const place = source === undefined ? '' : ` (${source.file}:${source.line})`;
      return `${formatObjectRef(object)}${path === '' ? '' : ` ${path}`}${place}`;
    }
    case 'default':
      return `default ${origin.default}`;
    case 'option':
      return `option ${origin.option}`;
    case 'own':
      return `its own ${origin.part}${origin.path === '' ? '' : ` ${origin.path}`}`;
    default:
      return origin satisfies never;
  }
}
