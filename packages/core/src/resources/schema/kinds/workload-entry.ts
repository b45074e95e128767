import { map, message, text, uint32 } from '../make-type';
import {
  absoluteSocket,
  addressOrNetwork,
  portNameKeys,
  portRange,
  socketIsFile,
  socketWithoutPorts,
} from '../rules';

/** Spec of WorkloadEntry. */
export const workloadEntrySchema = message(
  {
    address: text({ maxLength: 256, rules: [absoluteSocket, socketIsFile] }),
    labels: map(text(), { maxProperties: 256 }),
    locality: text({ maxLength: 2048 }),
    network: text({ maxLength: 2048 }),
    ports: map(uint32({ rules: [portRange] }), { maxProperties: 128, rules: [portNameKeys] }),
    serviceAccount: text({ maxLength: 253 }),
    weight: uint32(),
  },
  [addressOrNetwork, socketWithoutPorts],
);
