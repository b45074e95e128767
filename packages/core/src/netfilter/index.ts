export { loadIptables } from './iptables/load';
export { renderIptables, renderRule } from './iptables/render';
export type { LoadResult, TextLine } from './load-result';
export {
  type Interface,
  isLocalAddress,
  type LocalMarkRule,
  type Network,
  type Route,
  routeTo,
} from './machine/network';
export type { ConnectionState, IncomingPacket, LocalPacket, Packet } from './machine/packet';
export { traverse } from './machine/traverse';
export type { Final, HookStep, RuleStep, Walk } from './machine/walk';
export type {
  Chain,
  Hook,
  Match,
  PortRange,
  Rule,
  Ruleset,
  Table,
  TableName,
  Target,
} from './model';
export { loadNft } from './nftables/load';
export { renderNft, renderNftRule } from './nftables/render';
