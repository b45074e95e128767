import type { CellRequest } from '@sidetrace/backstage-plugin-sidetrace-common';

const protocols = ['HTTP', 'TLS', 'TCP', 'UDP'] as const;

/** A cell of the matrix as one value of the URL; hosts and names hold no bar. */
export const cellAddress = ({ workload, host, port, protocol }: CellRequest): string =>
  [workload, host, port, protocol].join('|');

/** Reads it back; `undefined` when it is no such value. */
export function parseCellAddress(text: string): CellRequest | undefined {
  const [workload = '', host = '', portText = '', name = ''] = text.split('|');
  const protocol = protocols.find(item => item === name);
  const port = Number(portText);
  if (workload === '' || host === '' || protocol === undefined) return undefined;
  return Number.isInteger(port) && port > 0 && port < 65536
    ? { workload, host, port, protocol }
    : undefined;
}
