import type { IpAddress } from '../../net';
import type { Chain, Hook, Ruleset, Table } from '../model';
import type { Header } from './evaluate-rule';
import { isLocalAddress, type Network, primaryAddress, routeTo, sourceFor } from './network';
import type { Packet } from './packet';
import { runBaseChain, type TableVerdict } from './run-chain';
import type { Final, HookStep, RuleStep, Walk } from './walk';

/** Marks of the packet and of its connection. */
interface Marks {
  mark: number;
  connmark: number;
}

/** The packet on its way. */
interface Flight {
  readonly ruleset: Ruleset;
  readonly tables: readonly Table[];
  readonly network: Network;
  readonly packet: Packet;
  readonly hooks: HookStep[];
  readonly marks: Marks;
  readonly natActive: boolean;
  source: IpAddress;
  destination: IpAddress;
  port: number;
  /** nat decides once per connection about the destination, once about the source. */
  destinationDecided: boolean;
  sourceDecided: boolean;
  delivery: 'local' | 'redirect' | 'tproxy';
  tproxyPort: number | undefined;
}

const natHooks = { destination: ['PREROUTING', 'OUTPUT'], source: ['INPUT', 'POSTROUTING'] };

const natByTables = new WeakMap<readonly Table[], boolean>();

/** nat is consulted only where a table of it has rules: without them conntrack is not even enabled. */
function needsNat(tables: readonly Table[]): boolean {
  const known = natByTables.get(tables);
  if (known !== undefined) return known;
  const needed = tables.some(
    table => table.kind === 'nat' && table.chains.some(chain => chain.rules.length > 0),
  );
  natByTables.set(tables, needed);
  return needed;
}

/** The way of a packet through the pod: route first, then the hooks, each table in the order of its priority. */
export function traverse(ruleset: Ruleset, network: Network, packet: Packet): Walk {
  const hooks: HookStep[] = [];
  const start = startOf(network, packet);
  if ('error' in start) return { hooks, final: { kind: 'no-packet', error: start.error } };
  const tables = packet.family === 4 ? ruleset.v4 : ruleset.v6;
  const state = packet.state;
  const flight: Flight = {
    ruleset,
    tables,
    network,
    packet,
    hooks,
    marks: { mark: packet.mark ?? 0, connmark: state?.connmark ?? 0 },
    natActive:
      needsNat(tables) &&
      (state === undefined || state.ctstate === 'NEW') &&
      state?.natDecided !== true,
    source: start.source,
    destination: packet.destination,
    port: packet.port,
    destinationDecided: false,
    sourceDecided: false,
    delivery: 'local',
    tproxyPort: undefined,
  };
  const final =
    packet.origin === 'local' ? leave(flight, start.oif) : arrive(flight, packet.interface);
  return { hooks, final };
}

type Start =
  | { readonly source: IpAddress; readonly oif: string }
  | { readonly error: 'EINVAL' | 'EADDRNOTAVAIL' | 'ENETUNREACH' };

/** The socket call: a route and a source address, or its error. */
function startOf(network: Network, packet: Packet): Start {
  if (packet.origin === 'incoming') return { source: packet.source, oif: '' };
  const { destination, boundSource, transparent, mark = 0 } = packet;
  if (boundSource !== undefined && transparent !== true && !isLocalAddress(network, boundSource)) {
    return { error: 'EADDRNOTAVAIL' };
  }
  const oif = packet.boundInterface ?? routeTo(network, destination, mark);
  if (oif === undefined) return { error: 'ENETUNREACH' };
  if (boundSource?.startsWith('127.') === true && oif !== 'lo') return { error: 'EINVAL' };
  const source = boundSource ?? sourceFor(network, destination, oif);
  return source === undefined ? { error: 'ENETUNREACH' } : { source, oif };
}

/** OUTPUT, a new route when the header or mark changed, POSTROUTING, then out or back in on lo. */
function leave(flight: Flight, oif: string): Final {
  const { network, packet } = flight;
  const before = { destination: flight.destination, mark: flight.marks.mark };
  const dropped = passHook(flight, 'OUTPUT', undefined, oif);
  if (dropped !== undefined) return dropped;
  const changed = before.destination !== flight.destination || before.mark !== flight.marks.mark;
  const bound = packet.origin === 'local' ? packet.boundInterface : undefined;
  const next = changed ? routeTo(network, flight.destination, flight.marks.mark) : oif;
  if (next === undefined) return dropRouting(flight, 'OUTPUT');
  const after = passHook(flight, 'POSTROUTING', undefined, next);
  if (after !== undefined) return after;
  if (next !== 'lo') {
    if (bound !== undefined && isLocalAddress(network, flight.destination))
      return dropRouting(flight, 'POSTROUTING');
    return {
      kind: 'out',
      port: flight.port,
      destination: flight.destination,
      source: flight.source,
      oif: next,
    };
  }
  return arrive(flight, 'lo');
}

/** PREROUTING, the route, INPUT and the socket; what is not for the pod is forwarded or dropped. */
function arrive(flight: Flight, iif: string): Final {
  const dropped = passHook(flight, 'PREROUTING', iif, undefined);
  if (dropped !== undefined) return dropped;
  const { network, destination, marks } = flight;
  const toLoopback = iif !== 'lo' && (destination.startsWith('127.') || destination === '::1');
  const target = toLoopback ? undefined : routeTo(network, destination, marks.mark);
  if (target !== 'lo') {
    if (target === undefined || !network.forwarding) return dropRouting(flight, 'PREROUTING');
    return forward(flight, iif, target);
  }
  const refused = passHook(flight, 'INPUT', iif, undefined);
  if (refused !== undefined) return refused;
  const port = flight.tproxyPort ?? flight.port;
  return { kind: flight.delivery, port, destination, source: flight.source, iif };
}

function forward(flight: Flight, iif: string, oif: string): Final {
  const dropped =
    passHook(flight, 'FORWARD', iif, oif) ?? passHook(flight, 'POSTROUTING', undefined, oif);
  return (
    dropped ?? {
      kind: 'out',
      port: flight.port,
      destination: flight.destination,
      source: flight.source,
      oif,
    }
  );
}

const dropRouting = (flight: Flight, after: Hook): Final => ({
  kind: 'drop-routing',
  after,
  destination: flight.destination,
  source: flight.source,
});

interface BaseChain {
  readonly table: Table;
  readonly chain: Chain;
  readonly priority: number;
}

const baseChains = new WeakMap<readonly Table[], Map<Hook, readonly BaseChain[]>>();

/** Base chains of a hook in the order the kernel calls them. */
function chainsAt(tables: readonly Table[], hook: Hook): readonly BaseChain[] {
  const known = baseChains.get(tables) ?? new Map<Hook, readonly BaseChain[]>();
  baseChains.set(tables, known);
  const found = known.get(hook);
  if (found !== undefined) return found;
  const made = tables
    .flatMap(table =>
      table.chains.flatMap(chain =>
        chain.base?.hook === hook ? [{ table, chain, priority: chain.base.priority }] : [],
      ),
    )
    .sort((a, b) => a.priority - b.priority);
  known.set(hook, made);
  return made;
}

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
  const nat = consultsNat(flight, hook);
  const rules: RuleStep[] = [];
  const before = {
    source: flight.source,
    destination: flight.destination,
    port: flight.port,
    mark: flight.marks.mark,
  };
  let final: Final | undefined;
  for (const { table, chain } of chainsAt(flight.tables, hook)) {
    if (table.kind === 'nat' && !nat) continue;
    const header = headerOf(flight, iif, oif);
    const verdict = runBaseChain(table, chain, header, flight.ruleset.backend, rules);
    flight.marks.mark = header.mark;
    flight.marks.connmark = header.connmark;
    applyVerdict(flight, hook, iif, verdict);
    if (verdict.kind === 'drop') {
      final =
        verdict.step === undefined
          ? { kind: 'dropped', hook }
          : { kind: 'dropped', hook, rule: verdict.step };
      break;
    }
  }
  if (natHooks.destination.includes(hook)) flight.destinationDecided = true;
  else if (natHooks.source.includes(hook)) flight.sourceDecided = true;
  if (hook === 'OUTPUT') flight.sourceDecided = false;
  flight.hooks.push(hookStep(flight, hook, { iif, oif }, nat, before, rules));
  return final;
}

interface Before {
  readonly source: IpAddress;
  readonly destination: IpAddress;
  readonly port: number;
  readonly mark: number;
}

type Building = { -readonly [K in keyof HookStep]: HookStep[K] };

/** Written out field by field: this is the hot spot of a walk. */
function hookStep(
  flight: Flight,
  hook: Hook,
  device: { readonly iif: string | undefined; readonly oif: string | undefined },
  nat: boolean,
  before: Before,
  rules: readonly RuleStep[],
): HookStep {
  const { destination, port, marks } = flight;
  const step: Building = {
    hook,
    nat,
    source: before.source,
    destination: before.destination,
    port: before.port,
    mark: before.mark,
    endMark: marks.mark,
    rules,
  };
  if (device.iif !== undefined) step.iif = device.iif;
  if (device.oif !== undefined) step.oif = device.oif;
  if (destination !== before.destination || port !== before.port)
    step.rewritten = { destination, port };
  return step;
}

function headerOf(flight: Flight, iif: string | undefined, oif: string | undefined): Header {
  const { packet, marks } = flight;
  return {
    family: packet.family,
    protocol: packet.protocol,
    source: flight.source,
    sourcePort: packet.sourcePort,
    destination: flight.destination,
    port: flight.port,
    iif,
    oif,
    mark: marks.mark,
    connmark: marks.connmark,
    ctstate: packet.state?.ctstate ?? 'NEW',
    owner: packet.origin === 'local' && iif === undefined ? packet.owner : undefined,
  };
}

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
      : primaryAddress(flight.network, iif, family, flight.destination);
  if (address !== undefined) flight.destination = address;
  flight.port = verdict.port;
  flight.delivery = 'redirect';
}
