import { refOf } from '../../resources';
import { tlsSettings } from '../facts/tls-settings';
import type { Rule } from '../rule';

export const destinationruleMissingSni: Rule = {
  id: 'destinationrule/missing-sni',
  level: 'warning',
  title: 'TLS origination without a server name',
  why: 'a server that holds several certificates answers with the wrong one or a TLS error',
  inputs: [],
  aliases: [],
  tags: ['S13'],
  *check({ mesh }) {
    for (const rule of mesh.resources.destinationRules) {
      for (const { tls, path } of tlsSettings(rule)) {
        if ((tls.mode !== 'SIMPLE' && tls.mode !== 'MUTUAL') || (tls.sni ?? '') !== '') continue;
        if (!rule.spec.host.startsWith('*')) continue;
        yield {
          object: refOf(rule),
          source: rule.source,
          path: path.join('.'),
          message: `\`${rule.spec.host}\` is a wildcard and no \`sni\` is set`,
          hosts: [rule.spec.host],
        };
      }
    }
  },
};
