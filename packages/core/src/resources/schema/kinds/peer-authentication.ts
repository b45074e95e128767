import { message, numberMap, words } from '../make-type';
import { portKeys, portLevelNeedsSelector } from '../rules';
import { matchLabelsSelector } from './selectors';

const mutualTls = message({
  mode: words('UNSET', 'DISABLE', 'PERMISSIVE', 'STRICT'),
});

/** Spec of PeerAuthentication. */
export const peerAuthenticationSchema = message(
  {
    mtls: mutualTls,
    portLevelMtls: numberMap(mutualTls, { minProperties: 1, rules: [portKeys] }),
    selector: matchLabelsSelector,
  },
  [portLevelNeedsSelector],
);
