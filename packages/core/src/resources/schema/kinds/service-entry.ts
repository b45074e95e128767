import { list, message, numberedWords, required, text, uint32, words } from '../make-type';
import {
  atMostOne,
  noEndpointsForNone,
  notWildcard,
  oneRoundRobinEndpoint,
  portRange,
  rangesOnlyWithoutDns,
  uniqueNumbers,
} from '../rules';
import { labelSelector } from './selectors';
import { workloadEntrySchema } from './workload-entry';

/** Spec of ServiceEntry. */
export const serviceEntrySchema = message(
  {
    addresses: list(text({ maxLength: 64 }), { maxItems: 256 }),
    endpoints: list(workloadEntrySchema, { maxItems: 4096 }),
    exportTo: list(text()),
    hosts: required(list(text({ rules: [notWildcard] }), { minItems: 1, maxItems: 256 })),
    location: words('MESH_EXTERNAL', 'MESH_INTERNAL'),
    ports: list(
      message({
        name: required(text({ maxLength: 256 })),
        number: required(uint32({ rules: [portRange] })),
        protocol: text({ maxLength: 256 }),
        targetPort: uint32({ rules: [portRange] }),
      }),
      { maxItems: 256, uniqueBy: 'name', rules: [uniqueNumbers] },
    ),
    resolution: numberedWords(
      { NONE: 0, STATIC: 1, DNS: 2, DNS_ROUND_ROBIN: 3, DYNAMIC_DNS: 4 },
      { since: { DYNAMIC_DNS: 27 } },
    ),
    subjectAltNames: list(text()),
    workloadSelector: labelSelector,
  },
  [
    atMostOne('workloadSelector', 'endpoints'),
    rangesOnlyWithoutDns,
    noEndpointsForNone,
    oneRoundRobinEndpoint,
  ],
);
