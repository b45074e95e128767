import {
  type Final,
  type HookStep,
  loadIptables,
  type Network,
  type Packet,
  type RuleStep,
  type Ruleset,
  traverse,
} from '@sidetrace/core/netfilter';
import { parseCidr, parseIp } from '@sidetrace/core/testing';
import type { JsonObject, Suite, SuiteContext } from '../suite';

interface PodFile {
  readonly interfaces: Readonly<Record<string, readonly string[]>>;
  readonly routes: { readonly v4: readonly string[]; readonly v6: readonly string[] };
  readonly sysctl: { readonly ip_forward: number };
  readonly policyRulesOfTproxySets: { readonly fwmark: number };
}
interface RulesetEntry {
  readonly tproxy_policy_routing: boolean;
  readonly v4?: string;
  readonly v6?: string;
}
interface RecordedPacket {
  readonly origin: 'local' | 'incoming';
  readonly family: 4 | 6;
  readonly proto: 'tcp' | 'udp';
  readonly src?: string;
  readonly dst: string;
  readonly dport: number;
  readonly iif?: string;
  readonly uid?: number;
  readonly gid?: number;
  readonly boundSrc?: string;
  readonly soMark?: number;
  readonly ipTransparent?: boolean;
}

function some<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the input lacks ${what}`);
  return value;
}
const ip = (text: string | undefined) => some(parseIp(text ?? ''), `an address, it has ${text}`);
const cidr = (text: string) => some(parseCidr(text), `a range, it has ${text}`);

function routesOf(lines: readonly string[], everything: string): Network['routes'] {
  return lines.map(line => {
    const [destination = '', , , , device = ''] = line.split(' ');
    return {
      destination: cidr(destination === 'default' ? everything : destination),
      interface: device,
    };
  });
}

function networkOf(pod: PodFile, tproxy: boolean): Network {
  return {
    interfaces: Object.entries(pod.interfaces).map(([name, addresses]) => ({
      name,
      addresses: addresses.map(cidr),
    })),
    routes: [...routesOf(pod.routes.v4, '0.0.0.0/0'), ...routesOf(pod.routes.v6, '::/0')],
    forwarding: pod.sysctl.ip_forward === 1,
    ...(tproxy ? { localMark: { mark: pod.policyRulesOfTproxySets.fwmark } } : {}),
  };
}

function tables(text: string | undefined, family: 4 | 6) {
  const result = loadIptables(
    (text ?? '').split('\n').map(line => ({ text: line })),
    family,
  );
  if (result.kind !== 'loaded')
    throw new Error(`the rule set is not loaded: ${JSON.stringify(result)}`);
  return result.tables;
}

const rulesetOf = (entry: RulesetEntry): Ruleset => ({
  backend: 'iptables',
  v4: tables(entry.v4, 4),
  v6: tables(entry.v6, 6),
});

function packetOf(packet: RecordedPacket): Packet {
  const { family, proto: protocol, dport: port, soMark: mark } = packet;
  const common = {
    family,
    protocol,
    destination: ip(packet.dst),
    port,
    ...(mark === undefined ? {} : { mark }),
  };
  if (packet.origin === 'incoming') {
    return {
      ...common,
      origin: 'incoming',
      source: ip(packet.src),
      interface: some(packet.iif, 'an interface'),
    };
  }
  return {
    ...common,
    origin: 'local',
    owner: { uid: packet.uid ?? 0, gid: packet.gid ?? 0 },
    ...(packet.boundSrc === undefined ? {} : { boundSource: ip(packet.boundSrc) }),
    transparent: packet.ipTransparent === true,
  };
}

/** glibc's spelling, which the record has for the address that was asked for. */
function spelled(value: unknown, packet: RecordedPacket): unknown {
  const canonical = ip(packet.dst);
  return JSON.parse(JSON.stringify(value), (_key, item) =>
    item === canonical ? packet.dst : item,
  );
}

const targetName = ({ rule: { target } }: RuleStep) =>
  target.kind === 'jump' ? target.chain : target.kind;
const row = (step: RuleStep) => [step.table, step.chain, step.number, targetName(step)];
const matched = (hook: HookStep) => hook.rules.filter(step => step.matched).map(row);

function hookAnswer(hook: HookStep): JsonObject {
  const { hook: name, nat, source, destination, port, rewritten, mark, endMark, iif, oif } = hook;
  return {
    hook: name,
    nat,
    ...(iif === undefined ? {} : { iif }),
    ...(oif === undefined ? {} : { oif }),
    src: source,
    dst: destination,
    dport: port,
    ...(rewritten === undefined
      ? {}
      : { rewritten: { dst: rewritten.destination, dport: rewritten.port } }),
    ...(mark === 0 ? {} : { mark }),
    ...(endMark === 0 ? {} : { endmark: endMark }),
    rules: matched(hook),
  };
}

function finalAnswer(final: Final): JsonObject {
  switch (final.kind) {
    case 'redirect':
    case 'tproxy':
    case 'local':
      return {
        kind: final.kind,
        port: final.port,
        dst: final.destination,
        src: final.source,
        iif: final.iif,
      };
    case 'out':
      return {
        kind: 'out',
        port: final.port,
        dst: final.destination,
        src: final.source,
        oif: final.oif,
      };
    case 'dropped':
      return { kind: 'drop', after: final.hook };
    case 'drop-routing':
      return { kind: 'drop-routing', after: final.after, dst: final.destination };
    case 'no-packet':
      return { kind: 'no-packet', error: final.error };
  }
}

function open(context: SuiteContext) {
  const pod = JSON.parse(context.readText('pod.json')) as PodFile;
  const rulesets = JSON.parse(context.readText('rulesets.json')) as Readonly<
    Record<string, RulesetEntry>
  >;
  const compiled = new Map<string, { readonly ruleset: Ruleset; readonly network: Network }>();
  const compile = (name: string) => {
    const known = compiled.get(name);
    if (known !== undefined) return known;
    const entry = some(rulesets[name], `the rule set ${name}`);
    const made = {
      ruleset: rulesetOf(entry),
      network: networkOf(pod, entry.tproxy_policy_routing),
    };
    compiled.set(name, made);
    return made;
  };
  return (input: JsonObject) => {
    const { ruleset, network } = compile(String(input.ruleset));
    const walk = traverse(ruleset, network, packetOf(input.packet as RecordedPacket));
    const hooks = walk.hooks.map(hookAnswer);
    const answer = { path: walk.hooks.flatMap(matched), hooks, final: finalAnswer(walk.final) };
    return { answer: spelled(answer, input.packet as RecordedPacket) as JsonObject };
  };
}

export const kernel: Suite = { name: 'kernel', open };
