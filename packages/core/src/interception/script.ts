import type { Origin } from '../origin';

/** One line of the text that is fed to iptables-restore or nft, and what caused it. */
export interface ScriptLine {
  readonly text: string;
  /** Absent for table headers, chain declarations and COMMIT. */
  readonly origin?: Origin;
}

/** What istio-init or the CNI plugin programs, byte for byte, line by line. */
export type InterceptionScript =
  | {
      readonly backend: 'iptables';
      readonly v4: readonly ScriptLine[];
      readonly v6?: readonly ScriptLine[];
    }
  | { readonly backend: 'nftables'; readonly nft: readonly ScriptLine[] };
