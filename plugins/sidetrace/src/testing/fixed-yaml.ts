import type { RenderedFix } from '@sidetrace/backstage-plugin-sidetrace-common';
import type { Fix } from '@sidetrace/core';

/** New objects of a fix as the backend would render them: JSON is YAML too. */
export function toFixedYaml({ title, create = [] }: Fix): RenderedFix {
  const texts = create.map(object => JSON.stringify(object, null, 2));
  return {
    title,
    objects: texts.map((after, index) => ({
      object: { kind: 'ServiceEntry', namespace: 'shop', name: `suggested-${index + 1}` },
      after,
    })),
    yaml: texts.join('\n---\n'),
  };
}
