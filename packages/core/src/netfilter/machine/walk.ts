import type { IpAddress } from '../../net';
import type { Hook, Match, Rule, TableName } from '../model';
import type { SocketError } from './socket-call';

/** A rule that was looked at: `failed` is the first condition that did not hold; absent when it matched. */
export interface RuleStep {
  readonly table: TableName;
  /** Name of the table as loaded; nft names differ from the kind. */
  readonly tableName: string;
  readonly chain: string;
  /** From 1, after all inserts. */
  readonly number: number;
  readonly rule: Rule;
  readonly matched: boolean;
  readonly failed?: Match;
}

export interface HookStep {
  readonly hook: Hook;
  readonly iif?: string;
  readonly oif?: string;
  /** Was nat consulted here. */
  readonly nat: boolean;
  readonly source: IpAddress;
  readonly destination: IpAddress;
  readonly port: number;
  readonly rewritten?: { readonly destination: IpAddress; readonly port: number };
  readonly mark: number;
  readonly endMark: number;
  readonly rules: readonly RuleStep[];
}

/** Where it ends. */
export type Final =
  | {
      readonly kind: 'redirect' | 'tproxy' | 'local';
      readonly port: number;
      readonly destination: IpAddress;
      readonly source: IpAddress;
      readonly iif: string;
    }
  | {
      readonly kind: 'out';
      readonly port: number;
      readonly destination: IpAddress;
      readonly source: IpAddress;
      readonly oif: string;
    }
  | { readonly kind: 'dropped'; readonly hook: Hook; readonly rule?: RuleStep }
  | {
      readonly kind: 'drop-routing';
      readonly after: Hook;
      readonly destination: IpAddress;
      readonly source: IpAddress;
    }
  | { readonly kind: 'no-packet'; readonly error: SocketError };

/** The way of one packet. */
export interface Walk {
  readonly hooks: readonly HookStep[];
  readonly final: Final;
}
