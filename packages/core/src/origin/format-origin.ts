import { formatObjectRef } from './object-ref';
import type { Origin } from './origin';

/** An origin in words: `ServiceEntry shop/payments spec.hosts.0 (mesh.yaml:12)`. */
export function formatOrigin(origin: Origin): string {
  switch (origin.kind) {
    case 'default':
      return `default ${origin.default}`;
    case 'option':
      return `option ${origin.option}`;
    case 'object': {
      const path = origin.path === '' ? '' : ` ${origin.path}`;
      const { source } = origin;
      const place = source === undefined ? '' : ` (${source.file}:${source.line})`;
      return `${formatObjectRef(origin.object)}${path}${place}`;
    }
  }
}
