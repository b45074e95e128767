import type { Analyzer } from './analyzer';
import { messageOn } from './message';

/** TCP ports of an entry without addresses. Source: `serviceentry/protocoladdresses.go`. */
export const serviceEntryAddresses: Analyzer = {
  name: 'serviceentry.Analyzer',
  codes: ['IST0134'],
  *analyze({ resources }) {
    const metadata = resources.meshConfigs.map(
      ({ config }) => config.defaultConfig.proxyMetadata ?? {},
    );
    const allocated = metadata.some(
      values =>
        values.ISTIO_META_DNS_CAPTURE === 'true' &&
        (values.ISTIO_META_DNS_AUTO_ALLOCATE === 'true' ||
          values.PILOT_ENABLE_IP_AUTOALLOCATE === 'true'),
    );
    if (allocated) return;
    for (const entry of resources.serviceEntries) {
      if (entry.spec.addresses.length > 0 || entry.spec.allocated.length > 0) continue;
      for (const [index, port] of entry.spec.ports.entries()) {
        if (port.protocol !== '' && port.protocol.toUpperCase() !== 'TCP') continue;
        const message = 'ServiceEntry addresses are required for this protocol.';
        yield messageOn('IST0134', entry, message, `spec.ports.${index}`);
      }
    }
  },
};
