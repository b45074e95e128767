import type { IpFamily } from '../../net';
import type { Origin } from '../../origin';

export type TableId = 'nat' | 'mangle' | 'raw';

/** Chains by their iptables name; nft writes them in lower case with hyphens (tools/istio-iptables/pkg/constants). */
export type ChainId =
  | 'PREROUTING'
  | 'OUTPUT'
  | 'ISTIO_INBOUND'
  | 'ISTIO_OUTPUT'
  | 'ISTIO_OUTPUT_DNS'
  | 'ISTIO_REDIRECT'
  | 'ISTIO_IN_REDIRECT'
  | 'ISTIO_DIVERT'
  | 'ISTIO_TPROXY'
  | 'ISTIO_DROP';

/** What a rule does with a packet that matches. */
export type Verdict =
  | { readonly kind: 'return' | 'accept' | 'drop' }
  | { readonly kind: 'jump'; readonly chain: ChainId }
  | { readonly kind: 'redirect'; readonly port: string }
  /** To the agent's DNS port; iptables spells the option of the UDP rule `--to-port`. */
  | { readonly kind: 'redirect-dns'; readonly protocol: 'tcp' | 'udp' }
  | {
      readonly kind: 'tproxy';
      readonly family: IpFamily;
      readonly port: string;
      readonly mark: string;
    }
  | { readonly kind: 'mark'; readonly mark: string }
  | { readonly kind: 'save-mark' | 'restore-mark' }
  | { readonly kind: 'zone'; readonly zone: 1 | 2 };

/** The conditions in both languages; empty text means every packet. The two do not always agree (interception.md §9). */
export interface Condition {
  readonly iptables: string;
  readonly nft: string;
}

/**
 * Whose packets the rule is for. A rule of one family is in that family's iptables text, and in the nft script unless it
 * is for IPv6 and IPv6 is off. `nft: 'always'` is a rule that nft has once whatever iptables families have it.
 */
export type Scope =
  | 'both'
  | IpFamily
  | { readonly iptables: readonly IpFamily[]; readonly nft: 'always' };

/** One rule before it is written in iptables or nft syntax. */
export interface NeutralRule {
  readonly table: TableId;
  readonly chain: ChainId;
  readonly scope: Scope;
  readonly condition: Condition;
  readonly verdict: Verdict;
  /** Position from 1 for an inserted rule; appended without it. */
  readonly position?: number;
  readonly origin: Origin;
}

export const everyPacket: Condition = { iptables: '', nft: '' };
export const tcp: Condition = { iptables: '-p tcp', nft: 'meta l4proto tcp' };
export const toReturn: Verdict = { kind: 'return' };

export function jump(chain: ChainId): Verdict {
  return { kind: 'jump', chain };
}

/** `ip` or `ip6`, nft's word before an address. */
export function nftFamily(family: IpFamily): string {
  return family === 4 ? 'ip' : 'ip6';
}

export const families: readonly IpFamily[] = [4, 6];
