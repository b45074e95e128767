import type { MeshChange } from '@sidetrace/core';
import type { Remedy } from '@sidetrace/core/access';
import { wrap } from './columns';
import { code, markdownText } from './markdown';
import type { TextContext } from './trace-text';

/** A change that makes a blocked call succeed, as data for programs. */
export interface RemedyRecord {
  readonly title: string;
  /** What the application sees then. */
  readonly sees: string;
  /** Manifests to apply; empty when the change is an annotation. */
  readonly yaml: string;
  /** Annotations to set on pod templates. */
  readonly annotate: readonly Extract<MeshChange, { readonly kind: 'annotate' }>[];
}

export const remedyRecord = ({ title, yaml, changes, after }: Remedy): RemedyRecord => ({
  title,
  sees: after.symptom.summary,
  yaml,
  annotate: changes.filter(change => change.kind === 'annotate'),
});

function annotationText({ workload, annotation, value }: RemedyRecord['annotate'][number]): string {
  const { kind, namespace, name } = workload;
  return `annotate the pod template of ${kind} ${namespace}/${name}: ${annotation}: ${JSON.stringify(value ?? '')}`;
}

const hint = '`--fix` shows the manifests';

/** What would make the call succeed; the manifests where they are asked for. */
export function remediesText(
  remedies: readonly RemedyRecord[],
  { palette, width }: TextContext,
  complete: boolean,
): string {
  if (remedies.length === 0) return complete ? '\nNo change that Sidetrace knows helps.\n' : '';
  const lines = remedies.flatMap(({ title, sees, yaml, annotate }) => [
    wrap(`  ${title}`, width, 4),
    palette.dim(wrap(`    then: ${sees}`, width, 6)),
    ...(complete
      ? [
          ...annotate.map(item => wrap(`    ${annotationText(item)}`, width, 6)),
          ...(yaml === '' ? [] : yaml.trimEnd().split('\n')),
          '',
        ]
      : []),
  ]);
  const more = complete ? [] : [palette.dim(`  ${hint}`)];
  return `\n${palette.bold('Would help')} (tried on a copy of the mesh)\n${[...lines, ...more].join('\n').trimEnd()}\n`;
}

/** The same as markdown. */
export function remediesMarkdown(remedies: readonly RemedyRecord[], complete: boolean): string {
  if (remedies.length === 0) return '';
  const items = remedies.flatMap(({ title, sees, yaml, annotate }) => [
    `- ${markdownText(title)}; then: ${markdownText(sees)}`,
    ...(complete
      ? [
          ...annotate.map(item => `  - ${code(annotationText(item))}`),
          ...(yaml === ''
            ? []
            : [
                '',
                ...['```yaml', ...yaml.trimEnd().split('\n'), '```'].map(line => `  ${line}`),
                '',
              ]),
        ]
      : []),
  ]);
  return `\n**Would help** (tried on a copy of the mesh)\n\n${items.join('\n').trimEnd()}\n`;
}
