import { httpProxyRoute, unixPrefix } from '../names';

export interface RouteName {
  readonly name: string;
  /** 0 for `http_proxy` and unix sockets: the routes of all ports. */
  readonly port: number;
  /** Routes of one sniffed service, named `host:port`. */
  readonly sniffed: boolean;
}

/** Reads the name of a sidecar's route configuration (`httproute.go:extractListenerPort`); `undefined` when it is none. */
export function parseRouteName(name: string): RouteName | undefined {
  if (name.startsWith(unixPrefix) || name === httpProxyRoute) {
    return { name, port: 0, sniffed: false };
  }
  const colon = name.indexOf(':');
  const text = name.slice(colon + 1);
  return /^\d{1,5}$/.test(text) ? { name, port: Number(text), sniffed: colon >= 0 } : undefined;
}
