import { refOf } from '../../resources';
import type { Rule } from '../rule';

export const serviceentryCidrResolution: Rule = {
  id: 'serviceentry/cidr-resolution',
  level: 'error',
  title: 'CIDR addresses with a resolution that cannot use them',
  why: 'Istio refuses the entry: CIDR addresses are allowed only with NONE and STATIC',
  inputs: [],
  aliases: ['IST0106'],
  tags: ['S24'],
  *check({ mesh }) {
    for (const entry of mesh.resources.serviceEntries) {
      const { addresses, resolution, hosts } = entry.spec;
      if (resolution === 'NONE' || resolution === 'STATIC') continue;
      for (const [index, address] of addresses.entries()) {
        if (!address.includes('/')) continue;
        yield {
          object: refOf(entry),
          source: entry.source,
          path: `spec.addresses.${index}`,
          message: `\`${address}\` is a range, which resolution ${resolution} does not allow`,
          hosts,
        };
      }
    }
  },
};
