import { choice, int32, list, map, message, required, text, uint32 } from '../make-type';
import {
  absoluteSocket,
  portNameKeys,
  portRange,
  probeScheme,
  socketIsFile,
  socketWithoutPorts,
} from '../rules';

/** Spec of WorkloadGroup. */
export const workloadGroupSchema = message({
  metadata: message({
    annotations: map(text(), { maxProperties: 256 }),
    labels: map(text(), { maxProperties: 256 }),
  }),
  probe: message({
    httpGet: choice(
      'method',
      message({
        host: text(),
        httpHeaders: list(
          message({
            name: text({ pattern: /^[-_A-Za-z0-9]+$/ }),
            value: text(),
          }),
        ),
        path: text(),
        port: required(uint32({ rules: [portRange] })),
        scheme: text({ rules: [probeScheme] }),
      }),
    ),
    tcpSocket: choice(
      'method',
      message({
        host: text(),
        port: required(uint32({ rules: [portRange] })),
      }),
    ),
    exec: choice(
      'method',
      message({
        command: required(list(text({ minLength: 1 }))),
      }),
    ),
    grpc: choice(
      'method',
      message({
        port: uint32({ rules: [portRange] }),
        service: text(),
      }),
    ),
    failureThreshold: int32({ minimum: 0 }),
    initialDelaySeconds: int32({ minimum: 0 }),
    periodSeconds: int32({ minimum: 0 }),
    successThreshold: int32({ minimum: 0 }),
    timeoutSeconds: int32({ minimum: 0 }),
  }),
  template: required(
    message(
      {
        address: text({ maxLength: 256, rules: [absoluteSocket, socketIsFile] }),
        labels: map(text(), { maxProperties: 256 }),
        locality: text({ maxLength: 2048 }),
        network: text({ maxLength: 2048 }),
        ports: map(uint32({ rules: [portRange] }), { maxProperties: 128, rules: [portNameKeys] }),
        serviceAccount: text({ maxLength: 253 }),
        weight: uint32(),
      },
      [socketWithoutPorts],
    ),
  ),
});
