import type { InterceptionConfig } from './options/config';

/** TPROXY's last step: packets with the mark are looked up in the table, which delivers everything to lo. */
export type PolicyRouting =
  | { readonly kind: 'none' }
  | { readonly kind: 'routes'; readonly mark: number; readonly table: number }
  /** The rules are written, then the program exits with an error. */
  | { readonly kind: 'error'; readonly message: string };

const decimal = /^[+-]?\d+$/;

/** tools/common/tproxy/run_linux.go:ConfigureRoutes: mark and table have to be decimal numbers. */
export function policyRouting(config: InterceptionConfig): PolicyRouting {
  if (!config.tproxy) return { kind: 'none' };
  const bad = (what: string, text: string): PolicyRouting => ({
    kind: 'error',
    message: `failed to parse ${what}: strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`,
  });
  if (!decimal.test(config.tproxyMark)) return bad('InboundTProxyMark', config.tproxyMark);
  if (!decimal.test(config.tproxyRouteTable)) {
    return bad('InboundTProxyRouteTable', config.tproxyRouteTable);
  }
  return {
    kind: 'routes',
    mark: Number(config.tproxyMark),
    table: Number(config.tproxyRouteTable),
  };
}
