import { refOf } from '../../resources';
import type { Rule } from '../rule';

export const serviceExternalnamePortHijack: Rule = {
  id: 'service/externalname-port-hijack',
  level: 'info',
  title: 'an ExternalName Service names ports',
  why: 'since aliases are supported its ports are ignored; before, it took the port for everybody',
  inputs: [],
  aliases: [],
  tags: ['S45'],
  *check({ mesh }) {
    for (const service of mesh.resources.services) {
      if (service.spec.type !== 'ExternalName' || service.spec.ports.length === 0) continue;
      const alias = mesh.flags.enabled('ENABLE_EXTERNAL_NAME_ALIAS');
      yield {
        object: refOf(service),
        source: service.source,
        path: 'spec.ports',
        message: alias
          ? 'the ports of this ExternalName Service are ignored'
          : `ports ${service.spec.ports.map(port => port.port).join(', ')} lead to \`${service.spec.externalName ?? ''}\` for everybody`,
        level: alias ? 'info' : 'error',
        hosts: [service.spec.externalName ?? ''],
      };
    }
  },
};
