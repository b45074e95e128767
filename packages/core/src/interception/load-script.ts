import type { IpFamily } from '../net';
import { loadIptables, loadNft, type Ruleset } from '../netfilter';
import type { InterceptionScript, ScriptLine } from './script';

/** Which text of a script. */
export type ScriptPart = 'v4' | 'v6' | 'nft';

/** What the kernel's tools do with a script in a network namespace without rules. */
export type LoadedScript =
  | { readonly kind: 'loaded'; readonly ruleset: Ruleset }
  /** The program exits with an error. IPv4 is loaded before IPv6: a refused `v6` leaves IPv4's rules in place. */
  | {
      readonly kind: 'refused';
      readonly part: ScriptPart;
      readonly line: number;
      readonly message: string;
      readonly ruleset: Ruleset;
    }
  /** A service, user or group name in the text: the files of the image decide whether it loads. */
  | {
      readonly kind: 'depends-on-image';
      readonly part: ScriptPart;
      readonly line: number;
      readonly names: readonly string[];
    };

/** Loads a script as iptables-restore and ip6tables-restore, or nft, would. Each rule keeps the origin of its line. */
export function loadScript(script: InterceptionScript): LoadedScript {
  return script.backend === 'nftables'
    ? loadNftScript(script.nft)
    : loadIptablesScript(script.v4, script.v6);
}

function loadNftScript(lines: readonly ScriptLine[]): LoadedScript {
  const result = loadNft(lines);
  if (result.kind === 'loaded') {
    const { tables } = result;
    return { kind: 'loaded', ruleset: { backend: 'nftables', v4: tables, v6: tables } };
  }
  const empty: Ruleset = { backend: 'nftables', v4: [], v6: [] };
  return result.kind === 'refused'
    ? { ...result, part: 'nft', ruleset: empty }
    : { ...result, part: 'nft' };
}

function loadIptablesScript(
  v4: readonly ScriptLine[],
  v6: readonly ScriptLine[] | undefined,
): LoadedScript {
  const first = loadFamily(v4, 4);
  const second = v6 === undefined ? undefined : loadFamily(v6, 6);
  const unclear = [first, second].find(result => result?.kind === 'depends-on-image');
  if (first.kind === 'refused') return first;
  if (second?.kind === 'refused') {
    const tables = first.kind === 'loaded' ? first.ruleset.v4 : [];
    return { ...second, ruleset: { backend: 'iptables', v4: tables, v6: [] } };
  }
  if (unclear !== undefined) return unclear;
  const tables = (result: LoadedScript | undefined) =>
    result?.kind === 'loaded' ? result.ruleset : undefined;
  return {
    kind: 'loaded',
    ruleset: {
      backend: 'iptables',
      v4: tables(first)?.v4 ?? [],
      v6: tables(second)?.v6 ?? [],
    },
  };
}

function loadFamily(lines: readonly ScriptLine[], family: IpFamily): LoadedScript {
  const part = family === 4 ? 'v4' : 'v6';
  const result = loadIptables(lines, family);
  const empty: Ruleset = { backend: 'iptables', v4: [], v6: [] };
  switch (result.kind) {
    case 'loaded':
      return { kind: 'loaded', ruleset: { ...empty, [part]: result.tables } };
    case 'refused':
      return { ...result, part, ruleset: empty };
    case 'depends-on-image':
      return { ...result, part };
  }
}
