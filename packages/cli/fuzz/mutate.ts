import { bombs, nastyKeys, nastyScalars } from './nasty';
import type { Random } from './random';
import { blockText, flowText, scalar, type YamlNode } from './yaml-node';

/** Wraps a node so deeply that a reader that calls itself runs out of stack. */
function nested(node: YamlNode, random: Random): YamlNode {
  let result = node;
  const depth = random.pick([10, 100, 600]);
  for (let level = 0; level < depth; level += 1) {
    result = random.chance(0.5)
      ? { kind: 'list', items: [result] }
      : { kind: 'map', entries: [['spec', result]] };
  }
  return result;
}

function replaced(node: YamlNode, donor: YamlNode, random: Random): YamlNode {
  switch (random.below(8)) {
    case 0:
      return { kind: 'list', items: [node, node] };
    case 1:
      return { kind: 'map', entries: [[random.pick(nastyKeys), node]] };
    case 2:
      return random.chance(0.05) ? nested(node, random) : scalar('null');
    case 3:
      return someNode(donor, random);
    case 4:
      return node.kind === 'scalar' ? scalar(`"${node.text.replaceAll('"', '')}"`) : node;
    default:
      return scalar(random.pick(nastyScalars));
  }
}

function someNode(node: YamlNode, random: Random): YamlNode {
  if (node.kind === 'scalar' || random.chance(0.2)) return node;
  const children = node.kind === 'list' ? node.items : node.entries.map(([, item]) => item);
  return children.length === 0 ? node : someNode(random.pick(children), random);
}

function mutateMap(node: YamlNode & { kind: 'map' }, donor: YamlNode, random: Random): YamlNode {
  const entries = [...node.entries];
  const at = random.below(entries.length);
  const [key, item] = entries[at] ?? ['a', scalar('1')];
  switch (random.below(7)) {
    case 0:
      entries.splice(at, 1);
      break;
    case 1:
      entries.push([key, replaced(item, donor, random)]);
      break;
    case 2:
      entries[at] = [random.pick(nastyKeys), item];
      break;
    case 3:
      entries.push([random.pick(nastyKeys), someNode(donor, random)]);
      break;
    case 4:
      return { ...node, anchor: 'x', entries: [...entries, ['again', scalar('*x')]] };
    default:
      entries[at] = [key, mutateNode(item, donor, random)];
  }
  return { kind: 'map', entries };
}

function mutateList(node: YamlNode & { kind: 'list' }, donor: YamlNode, random: Random): YamlNode {
  const items = [...node.items];
  const at = random.below(items.length);
  const item = items[at] ?? scalar('1');
  switch (random.below(5)) {
    case 0:
      items.splice(at, 1);
      break;
    case 1:
      items.push(...Array<YamlNode>(random.pick([1, 2, 40])).fill(item));
      break;
    case 2:
      items.push(someNode(donor, random));
      break;
    default:
      items[at] = mutateNode(item, donor, random);
  }
  return { kind: 'list', items };
}

/** Changes one place of a tree; `donor` gives parts of other objects. */
function mutateNode(node: YamlNode, donor: YamlNode, random: Random): YamlNode {
  if (node.kind === 'scalar' || random.chance(0.08)) return replaced(node, donor, random);
  if (node.kind === 'list') return mutateList(node, donor, random);
  // past the envelope, where an object would only become another unknown kind
  const deeper = node.entries.findIndex(([key]) => key === '"spec"' || key === '"metadata"');
  if (deeper >= 0 && random.chance(0.7)) {
    const inner = node.entries.filter(([key]) => key === '"spec"' || key === '"metadata"');
    const [chosen] = random.pick(inner);
    return {
      kind: 'map',
      entries: node.entries.map(([key, item]) => [
        key,
        key === chosen ? mutateNode(item, donor, random) : item,
      ]),
    };
  }
  return mutateMap(node, donor, random);
}

const odd = ['\t', '\u0000', '\u2028', '\ufeff', '&a ', '*a', '!!', '%', '@', '`', '- ', ': ', '#'];

/** Changes of the text itself: cut, doubled, moved, binary, a character that means something to YAML. */
function mutateText(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  const end = at + random.below(200);
  switch (random.below(8)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return text.slice(at);
    case 2:
      return text.slice(0, at) + text.slice(end);
    case 3:
      return text.slice(0, end) + text.slice(at);
    case 4:
      return text.slice(0, at) + random.pick(odd) + text.slice(at);
    case 5:
      return text.replaceAll('\n', '\r\n');
    case 6:
      return text.slice(0, at) + String.fromCharCode(random.below(65536)) + text.slice(at + 1);
    default:
      return text.replaceAll('  ', random.pick([' ', '\t', '   ']));
  }
}

/** One input: documents of which some are changed, as structure, as text, or by a bomb beside them. */
export function mutate(documents: readonly YamlNode[], donor: YamlNode, random: Random): string {
  const count = random.pick([1, 1, 1, 2, 2, 3, 6]);
  const nodes = [...documents];
  for (let change = 0; change < count; change += 1) {
    const at = random.below(nodes.length);
    nodes[at] = mutateNode(nodes[at] ?? donor, donor, random);
  }
  const write = random.chance(0.5)
    ? (node: YamlNode) => blockText(node).trimStart()
    : (node: YamlNode) => `${flowText(node)}\n`;
  let text = nodes.map(write).join('---\n');
  if (random.chance(0.3)) text = mutateText(text, random);
  if (random.chance(0.02)) text = `${text}---\n${random.pick(bombs)}\n`;
  return text;
}
