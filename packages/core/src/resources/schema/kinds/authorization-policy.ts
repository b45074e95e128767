import { choice, list, message, required, text, words } from '../make-type';
import { atMostOne, serviceAccountsAlone } from '../rules';
import { matchLabelsSelector, targetReference } from './selectors';

/** A provider by name. */
export const providerName = message({
  name: text(),
});

/** Spec of AuthorizationPolicy. */
export const authorizationPolicySchema = message(
  {
    provider: choice('detail', providerName),
    action: words('ALLOW', 'DENY', 'AUDIT', 'CUSTOM'),
    rules: list(
      message({
        from: list(
          message({
            source: message(
              {
                ipBlocks: list(text()),
                namespaces: list(text()),
                notIpBlocks: list(text()),
                notNamespaces: list(text()),
                notPrincipals: list(text()),
                notRemoteIpBlocks: list(text()),
                notRequestPrincipals: list(text()),
                notServiceAccounts: list(text({ maxLength: 320 }), { maxItems: 16 }),
                notTrustDomains: list(text()),
                principals: list(text()),
                remoteIpBlocks: list(text()),
                requestPrincipals: list(text()),
                serviceAccounts: list(text({ maxLength: 320 }), { maxItems: 16 }),
                trustDomains: list(text()),
              },
              [serviceAccountsAlone],
            ),
          }),
          { maxItems: 512 },
        ),
        to: list(
          message({
            operation: message({
              hosts: list(text()),
              methods: list(text()),
              notHosts: list(text()),
              notMethods: list(text()),
              notPaths: list(text()),
              notPorts: list(text()),
              paths: list(text()),
              ports: list(text()),
            }),
          }),
        ),
        when: list(
          message({
            key: required(text()),
            notValues: list(text()),
            values: list(text()),
          }),
        ),
      }),
      { maxItems: 512 },
    ),
    selector: matchLabelsSelector,
    targetRef: targetReference,
    targetRefs: list(targetReference, { maxItems: 16 }),
  },
  [atMostOne('selector', 'targetRef', 'targetRefs')],
);
