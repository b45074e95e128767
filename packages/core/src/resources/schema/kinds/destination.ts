import { int32, message, required, text, uint32 } from '../make-type';

/** `PortSelector`. */
export const portSelector = message({
  number: uint32(),
});

/** `Destination`: where a route sends to. */
export const destination = message({
  host: required(text()),
  port: portSelector,
  subset: text(),
});

/** `RouteDestination` of TLS and TCP routes. */
export const routeDestination = message({
  destination: required(destination),
  weight: int32(),
});
