import type { IpAddress } from '../../net';
import type { Hook, Ruleset } from '../model';
import { type CompiledTables, compiledTables } from './compile-tables';
import type { Header } from './header';
import { isLocalAddress, type Network, primaryAddress, routeTo } from './network';
import type { Packet } from './packet';
import { runBaseChain, type TableVerdict } from './run-chain';
import { startOf } from './socket-call';
import type { Final, HookStep, RuleStep, Walk } from './walk';

/** The packet on its way. */
interface Flight {
  readonly tables: CompiledTables;
  readonly network: Network;
  readonly packet: Packet;
  readonly header: Header;
  readonly hooks: HookStep[];
  readonly natActive: boolean;
  /** nat decides once per connection about the destination, once about the source. */
  destinationDecided: boolean;
  sourceDecided: boolean;
  delivery: 'local' | 'redirect' | 'tproxy';
  tproxyPort: number | undefined;
}

const natHooks = { destination: ['PREROUTING', 'OUTPUT'], source: ['INPUT', 'POSTROUTING'] };

/** The way of a packet through the pod: route first, then the hooks, each table in the order of its priority. */
export function traverse(ruleset: Ruleset, network: Network, given: Packet): Walk {
  const hooks: HookStep[] = [];
  const start = opened(network, given);
  if ('error' in start) return { hooks, final: { kind: 'no-packet', error: start.error } };
  const { packet } = start;
  const tables = compiledTables(ruleset, packet.family);
  const { state } = packet;
  const undecided = state === undefined || (state.ctstate === 'NEW' && state.natDecided !== true);
  const flight: Flight = {
    tables,
    network,
    packet,
    hooks,
    header: headerOf(packet, start.source),
    natActive: tables.nat && undecided,
    destinationDecided: false,
    sourceDecided: false,
    delivery: 'local',
    tproxyPort: undefined,
  };
  const final =
    packet.origin === 'local' ? leave(flight, start.oif) : arrive(flight, packet.interface);
  return { hooks, final };
}

/** The socket call of a process, or what arrived as it is. */
const opened = (network: Network, packet: Packet) =>
  packet.origin === 'local' ? startOf(network, packet) : { packet, source: packet.source, oif: '' };

/** OUTPUT, a new route when the header or mark changed, POSTROUTING, then out or back in on lo. */
function leave(flight: Flight, oif: string): Final {
  const { network, packet } = flight;
  const before = { destination: flight.header.destination, mark: flight.header.mark };
  const dropped = passHook(flight, 'OUTPUT', undefined, oif);
  if (dropped !== undefined) return dropped;
  const changed =
    before.destination !== flight.header.destination || before.mark !== flight.header.mark;
  const bound = packet.origin === 'local' ? packet.boundInterface : undefined;
  const next = changed ? routeTo(network, flight.header.destination, flight.header.mark) : oif;
  if (next === undefined) return dropRouting(flight, 'OUTPUT');
  const after = passHook(flight, 'POSTROUTING', undefined, next);
  if (after !== undefined) return after;
  if (next !== 'lo') {
    if (bound !== undefined && isLocalAddress(network, flight.header.destination))
      return dropRouting(flight, 'POSTROUTING');
    return {
      kind: 'out',
      port: flight.header.port,
      destination: flight.header.destination,
      source: flight.header.source,
      oif: next,
    };
  }
  return arrive(flight, 'lo');
}

/** PREROUTING, the route, INPUT and the socket; what is not for the pod is forwarded or dropped. */
function arrive(flight: Flight, iif: string): Final {
  const dropped = passHook(flight, 'PREROUTING', iif, undefined);
  if (dropped !== undefined) return dropped;
  const { network, header } = flight;
  const { destination, mark } = header;
  const toLoopback = iif !== 'lo' && (destination.startsWith('127.') || destination === '::1');
  const target = toLoopback ? undefined : routeTo(network, destination, mark);
  if (target !== 'lo') {
    if (target === undefined || !network.forwarding) return dropRouting(flight, 'PREROUTING');
    return forward(flight, iif, target);
  }
  const refused = passHook(flight, 'INPUT', iif, undefined);
  if (refused !== undefined) return refused;
  const port = flight.tproxyPort ?? flight.header.port;
  return { kind: flight.delivery, port, destination, source: flight.header.source, iif };
}

function forward(flight: Flight, iif: string, oif: string): Final {
  const dropped =
    passHook(flight, 'FORWARD', iif, oif) ?? passHook(flight, 'POSTROUTING', undefined, oif);
  return (
    dropped ?? {
      kind: 'out',
      port: flight.header.port,
      destination: flight.header.destination,
      source: flight.header.source,
      oif,
    }
  );
}

const dropRouting = (flight: Flight, after: Hook): Final => ({
  kind: 'drop-routing',
  after,
  destination: flight.header.destination,
  source: flight.header.source,
});

function consultsNat(flight: Flight, hook: Hook): boolean {
  if (!flight.natActive) return false;
  if (natHooks.destination.includes(hook)) return !flight.destinationDecided;
  return natHooks.source.includes(hook) && !flight.sourceDecided;
}

/** One hook: every base chain in order; says how the packet ends when it is dropped. */
function passHook(
  flight: Flight,
  hook: Hook,
  iif: string | undefined,
  oif: string | undefined,
): Final | undefined {
  const { header } = flight;
  const nat = consultsNat(flight, hook);
  const rules: RuleStep[] = [];
  const { destination, port, mark } = header;
  header.iif = iif;
  header.oif = oif;
  header.owner = iif === undefined ? ownerOf(flight.packet) : undefined;
  let final: Final | undefined;
  for (const base of flight.tables.hooks.get(hook) ?? []) {
    if (base.table.kind === 'nat' && !nat) continue;
    const verdict = runBaseChain(base, header, rules);
    applyVerdict(flight, hook, iif, verdict);
    if (verdict.kind !== 'drop') continue;
    final = { kind: 'dropped', hook };
    if (verdict.step !== undefined) final = { ...final, rule: verdict.step };
    break;
  }
  if (natHooks.destination.includes(hook)) flight.destinationDecided = true;
  else if (natHooks.source.includes(hook)) flight.sourceDecided = true;
  flight.hooks.push(hookStep(header, hook, nat, { destination, port, mark }, rules));
  return final;
}

const ownerOf = (packet: Packet) => (packet.origin === 'local' ? packet.owner : undefined);

interface Before {
  readonly destination: IpAddress;
  readonly port: number;
  readonly mark: number;
}

type Building = { -readonly [K in keyof HookStep]: HookStep[K] };

/** Written out field by field: this is the hot spot of a walk. */
function hookStep(
  header: Header,
  hook: Hook,
  nat: boolean,
  before: Before,
  rules: readonly RuleStep[],
): HookStep {
  const { destination, port, iif, oif } = header;
  const step: Building = {
    hook,
    nat,
    source: header.source,
    destination: before.destination,
    port: before.port,
    mark: before.mark,
    endMark: header.mark,
    rules,
  };
  if (iif !== undefined) step.iif = iif;
  if (oif !== undefined) step.oif = oif;
  if (destination !== before.destination || port !== before.port)
    step.rewritten = { destination, port };
  return step;
}

const headerOf = (packet: Packet, source: IpAddress): Header => ({
  family: packet.family,
  protocol: packet.protocol,
  source,
  sourcePort: packet.sourcePort,
  ctstate: packet.state?.ctstate ?? 'NEW',
  destination: packet.destination,
  port: packet.port,
  iif: undefined,
  oif: undefined,
  mark: packet.mark ?? 0,
  connmark: packet.state?.connmark ?? 0,
  owner: undefined,
});

/** REDIRECT takes a local address of the hook, TPROXY leaves the header alone. */
function applyVerdict(
  flight: Flight,
  hook: Hook,
  iif: string | undefined,
  verdict: TableVerdict,
): void {
  if (verdict.kind === 'tproxy') {
    flight.delivery = 'tproxy';
    flight.tproxyPort = verdict.port;
  }
  if (verdict.kind !== 'redirect') return;
  const { family } = flight.packet;
  const loopback = (family === 4 ? '127.0.0.1' : '::1') as IpAddress;
  const address =
    hook === 'OUTPUT' || iif === undefined
      ? loopback
      : primaryAddress(flight.network, iif, family, flight.header.destination);
  if (address !== undefined) flight.header.destination = address;
  const { port, lastPort } = verdict;
  const inRange = flight.header.port >= port && flight.header.port <= lastPort;
  if (!inRange) flight.header.port = port;
  flight.delivery = 'redirect';
}
