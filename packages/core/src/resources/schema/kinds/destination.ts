import { int32, message, required, text, uint32 } from '../make-type';

export const portSelector = message({
  number: uint32(),
});

export const destination = message({
  host: required(text()),
  port: portSelector,
  subset: text(),
});

export const routeDestination = message({
  destination: required(destination),
  weight: int32(),
});
