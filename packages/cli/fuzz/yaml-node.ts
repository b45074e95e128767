/** YAML as it is written: scalars as their text, so that a mutation can write what no value stands for. */
export type YamlNode =
  | { readonly kind: 'scalar'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly YamlNode[]; readonly anchor?: string }
  | {
      readonly kind: 'map';
      /** In order; a key may come twice. */
      readonly entries: readonly (readonly [string, YamlNode])[];
      readonly anchor?: string;
    };

export const scalar = (text: string): YamlNode => ({ kind: 'scalar', text });

/** A parsed value as a tree that can be written again. */
export function nodeOf(value: unknown): YamlNode {
  if (Array.isArray(value)) return { kind: 'list', items: value.map(nodeOf) };
  if (typeof value === 'object' && value !== null) {
    return {
      kind: 'map',
      entries: Object.entries(value).map(([key, item]) => [JSON.stringify(key), nodeOf(item)]),
    };
  }
  return scalar(JSON.stringify(value) ?? 'null');
}

const anchorText = (anchor: string | undefined) => (anchor === undefined ? '' : `&${anchor} `);

/** In braces and brackets, which JSON readers understand as well. */
export function flowText(node: YamlNode): string {
  if (node.kind === 'scalar') return node.text;
  if (node.kind === 'list')
    return `${anchorText(node.anchor)}[${node.items.map(flowText).join(', ')}]`;
  const inner = node.entries.map(([key, item]) => `${key}: ${flowText(item)}`).join(', ');
  return `${anchorText(node.anchor)}{${inner}}`;
}

/** Indented, as people write it. */
export function blockText(node: YamlNode, indent = ''): string {
  if (node.kind === 'scalar') return ` ${node.text}\n`;
  const count = node.kind === 'list' ? node.items.length : node.entries.length;
  if (count === 0) return ` ${flowText(node)}\n`;
  const head = `${anchorText(node.anchor).trimEnd()}`;
  const lines =
    node.kind === 'list'
      ? node.items.map(item => `${indent}-${blockText(item, `${indent}  `)}`)
      : node.entries.map(([key, item]) => `${indent}${key}:${blockText(item, `${indent}  `)}`);
  return `${head === '' ? '' : ` ${head}`}\n${lines.join('')}`;
}
