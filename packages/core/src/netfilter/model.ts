import type { Cidr, IpFamily } from '../net';
import type { Origin } from '../origin';

/*
 *                 route                                     (redirected or addressed to the pod)
 *   process ──► OUTPUT ──► POSTROUTING ──► out of an interface, or back in on lo:
 *                                            PREROUTING ──► INPUT ──► socket
 *   wire    ──► PREROUTING ──► route ──► INPUT ──► socket
 *
 *   in every hook: raw (-300), conntrack (-200), mangle (-150), nat dst (-100), filter (0), nat src (+100)
 */
export type Hook = 'PREROUTING' | 'INPUT' | 'FORWARD' | 'OUTPUT' | 'POSTROUTING';
export type TableName = 'raw' | 'mangle' | 'nat' | 'filter';

/** One condition of a rule. `negated` is `!`. */
export type Match =
  | { readonly kind: 'protocol'; readonly protocol: string; readonly negated: boolean }
  | { readonly kind: 'source' | 'destination'; readonly cidr: Cidr; readonly negated: boolean }
  | {
      readonly kind: 'in-interface' | 'out-interface';
      readonly name: string;
      readonly negated: boolean;
    }
  | {
      readonly kind: 'source-port' | 'destination-port';
      readonly ranges: readonly PortRange[];
      readonly multiport: boolean;
      readonly negated: boolean;
    }
  | {
      readonly kind: 'owner-uid' | 'owner-gid';
      readonly ranges: readonly PortRange[];
      readonly negated: boolean;
    }
  | {
      readonly kind: 'mark' | 'connmark';
      readonly value: number;
      readonly mask: number;
      readonly negated: boolean;
    }
  | { readonly kind: 'ctstate'; readonly states: readonly string[]; readonly negated: boolean }
  | { readonly kind: 'family'; readonly family: IpFamily }
  | { readonly kind: 'socket'; readonly transparent: boolean };

/** Inclusive. Also used for ranges of uids and gids. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

export type Target =
  | { readonly kind: 'ACCEPT' | 'DROP' | 'RETURN' }
  | { readonly kind: 'jump'; readonly chain: string }
  /** `lastPort`: of a range, of which the kernel takes a port at random unless the packet's own lies in it. */
  | { readonly kind: 'REDIRECT'; readonly port: number; readonly lastPort?: number }
  | {
      readonly kind: 'TPROXY';
      readonly port: number;
      readonly address?: string;
      readonly mark: number;
      readonly mask: number;
    }
  | { readonly kind: 'MARK'; readonly value: number; readonly mask: number }
  | { readonly kind: 'CONNMARK'; readonly action: 'save' | 'restore'; readonly mask?: number }
  | { readonly kind: 'CT'; readonly zone: number }
  | { readonly kind: 'LOG' | 'TRACE' }
  | { readonly kind: 'none' };

export interface Rule {
  readonly matches: readonly Match[];
  readonly target: Target;
  /** The rule as iptables-save or nft prints it, without `-A CHAIN`. */
  readonly text: string;
  /** What made this rule; planted by the compiler, opaque here. */
  readonly origin?: Origin;
}

export interface Chain {
  readonly name: string;
  /** Present on base chains: where and when the kernel calls them, and what happens at their end. */
  readonly base?: {
    readonly hook: Hook;
    readonly priority: number;
    readonly policy: 'ACCEPT' | 'DROP';
  };
  readonly rules: readonly Rule[];
}
export interface Table {
  readonly name: string;
  readonly kind: TableName;
  readonly chains: readonly Chain[];
}
/** The rules that one family's packets meet. nft's `inet` tables appear in both families' rulesets. */
export interface Ruleset {
  readonly backend: 'iptables' | 'nftables';
  readonly v4: readonly Table[];
  /** Empty when no ip6tables rules are written. */
  readonly v6: readonly Table[];
}
