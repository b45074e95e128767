import type { FilterChain, InspectorFilter } from '../../envoy';

interface Needs {
  readonly tls: boolean;
  readonly http: boolean;
}

/** Ports that chains name; 0 stands for all others. */
function needsByPort(chains: readonly FilterChain[]): ReadonlyMap<number, Needs> {
  const needs = new Map<number, Needs>();
  for (const { match } of chains) {
    const port = match.destinationPort ?? 0;
    const known = needs.get(port) ?? { tls: false, http: false };
    const alpn = match.applicationProtocols ?? [];
    needs.set(port, {
      tls: known.tls || match.transportProtocol === 'tls',
      http: known.http || alpn.includes('http/1.1') || alpn.includes('h2c'),
    });
  }
  return needs;
}

const ascending = (a: number, b: number) => a - b;

function inspector(
  needs: ReadonlyMap<number, Needs>,
  kind: keyof Needs,
): InspectorFilter | undefined {
  const all = [...needs];
  if (!all.some(([, need]) => need[kind])) return undefined;
  const disabledPorts = all.flatMap(([port, need]) => (port === 0 || need[kind] ? [] : [port]));
  return { disabledPorts: disabledPorts.sort(ascending) };
}

/** Where ports that nothing declares need no TLS, it is looked for on those only that do (`buildTLSInspector`). */
function tlsInspector(needs: ReadonlyMap<number, Needs>): InspectorFilter | undefined {
  const made = inspector(needs, 'tls');
  if (made === undefined || needs.get(0)?.tls === true) return made;
  const enabledPorts = [...needs].flatMap(([port, { tls }]) => (tls ? [port] : []));
  return { ...made, enabledPorts: enabledPorts.sort(ascending) };
}

/**
 * The listener filters that the chains ask for, switched off for ports whose chains do not
 * (`listener_inbound.go:populateListenerFilters`).
 */
export function inspectorsFor(chains: readonly FilterChain[]): {
  readonly tlsInspector?: InspectorFilter;
  readonly httpInspector?: InspectorFilter;
} {
  const needs = needsByPort(chains);
  const tls = tlsInspector(needs);
  const http = inspector(needs, 'http');
  return {
    ...(tls === undefined ? {} : { tlsInspector: tls }),
    ...(http === undefined ? {} : { httpInspector: http }),
  };
}
