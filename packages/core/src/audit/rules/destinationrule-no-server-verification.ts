import { refOf } from '../../resources';
import { tlsSettings } from '../facts/tls-settings';
import { setField } from '../findings/fix';
import type { Rule } from '../rule';

export const destinationruleNoServerVerification: Rule = {
  id: 'destinationrule/no-server-verification',
  level: 'warning',
  title: 'TLS that names no CA',
  why: 'whom the sidecar speaks to is not checked unless a CA is named',
  inputs: [],
  aliases: ['IST0128', 'IST0129'],
  tags: ['S14'],
  *check({ mesh }) {
    for (const rule of mesh.resources.destinationRules) {
      for (const { tls, path } of tlsSettings(rule)) {
        const external = tls.mode === 'SIMPLE' || tls.mode === 'MUTUAL';
        const off = tls.insecureSkipVerify === true;
        if (
          !external ||
          (!off && ((tls.caCertificates ?? '') !== '' || (tls.credentialName ?? '') !== ''))
        )
          continue;
        yield {
          object: refOf(rule),
          source: rule.source,
          path: path.join('.'),
          message: off
            ? '`insecureSkipVerify` turns the check off'
            : "no `caCertificates`: only the operating system's bundle is used",
          level: off ? 'error' : 'warning',
          hosts: [rule.spec.host],
          fix: setField(
            "check against the operating system's roots",
            rule.source,
            [...path, 'caCertificates'],
            'system',
          ),
        };
      }
    }
  },
};
