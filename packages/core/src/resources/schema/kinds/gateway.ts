import { list, map, message, required, text, uint32 } from '../make-type';
import { serverTls } from './server-tls';

/** Spec of Gateway. */
export const gatewaySchema = message({
  selector: map(text()),
  servers: list(
    message({
      bind: text(),
      defaultEndpoint: text(),
      hosts: required(list(text())),
      name: text(),
      port: required(
        message({
          name: required(text()),
          number: required(uint32()),
          protocol: required(text()),
          targetPort: uint32(),
        }),
      ),
      tls: serverTls,
    }),
  ),
});
