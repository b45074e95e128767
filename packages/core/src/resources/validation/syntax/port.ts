import { isDnsLabel } from './dns-name';

/** `ValidatePort`. */
export const checkPort = (port: number): string | undefined =>
  port >= 1 && port <= 65535 ? undefined : `port number ${port} must be in the range 1..65535`;

/** `ValidatePortName`. */
export const checkPortName = (name: string): string | undefined =>
  isDnsLabel(name) ? undefined : `invalid port name: ${name}`;
