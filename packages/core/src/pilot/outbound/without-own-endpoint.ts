import type { EnvoyProgram } from '../../envoy';
import type { ProxyContext } from '../proxy/proxy-context';
import { listenerTable } from './listener-table';

/**
 * The program of a class for one proxy: at the pod's own address no headless service has a listener
 * (`listener.go:buildSidecarOutboundListeners`).
 */
export function withoutOwnEndpoint(program: EnvoyProgram, context: ProxyContext): EnvoyProgram {
  const [own] = context.proxy.ips;
  if (own === undefined) return program;
  const table = listenerTable(context, own);
  return {
    ...program,
    listener: (address, port) =>
      address === own ? table.find(address, port) : program.listener(address, port),
  };
}
