import type { InterceptionConfig } from './options/config';
import { renderIptables } from './render/iptables';
import { renderNftables } from './render/nftables';
import { buildRules } from './rules/build-rules';
import type { InterceptionScript } from './script';

/** The text that istio-iptables feeds to the restore tools, or istio-nftables to nft, with the cause of each line. */
export function compileConfig(config: InterceptionConfig): InterceptionScript {
  const rules = buildRules(config);
  if (config.backend === 'nftables') {
    return { backend: 'nftables', nft: renderNftables(rules, config.ipv6) };
  }
  return {
    backend: 'iptables',
    v4: renderIptables(rules, 4),
    ...(config.ipv6 && { v6: renderIptables(rules, 6) }),
  };
}

/** The lines as one text, each with its line end. */
export function scriptText(lines: readonly { readonly text: string }[]): string {
  return lines.map(line => `${line.text}\n`).join('');
}
