import type { InterceptionConfig } from '../options/config';
import { type NeutralRule, tcp, toReturn } from './rule';

/** The tunnel port is never captured; the two chains that send TCP to Envoy's outbound and inbound port. */
export function redirectChains(config: InterceptionConfig): readonly NeutralRule[] {
  const shared = { table: 'nat', scope: 'both' } as const;
  return [
    {
      ...shared,
      chain: 'ISTIO_INBOUND',
      condition: {
        iptables: `-p tcp --dport ${config.inboundTunnelPort}`,
        nft: `meta l4proto tcp tcp dport ${config.inboundTunnelPort}`,
      },
      verdict: toReturn,
      origin: config.origin('inbound-tunnel-port'),
    },
    {
      ...shared,
      chain: 'ISTIO_REDIRECT',
      condition: tcp,
      verdict: { kind: 'redirect', port: config.proxyPort },
      origin: config.origin('envoy-port'),
    },
    {
      ...shared,
      chain: 'ISTIO_IN_REDIRECT',
      condition: tcp,
      verdict: { kind: 'redirect', port: config.inboundCapturePort },
      origin: config.origin('inbound-capture-port'),
    },
  ];
}
