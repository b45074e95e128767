import {
  choice,
  int32,
  list,
  message,
  nullable,
  required,
  struct,
  text,
  words,
} from '../make-type';
import { atMostOne, exactlyOne, pluginUrl } from '../rules';
import { matchLabelsSelector, targetReference } from './selectors';
import { pluginMatch, vmConfig } from './wasm-plugin';

/** Spec of TrafficExtension. */
export const trafficExtensionSchema = message(
  {
    wasm: choice(
      'filter',
      message({
        failStrategy: words('FAIL_CLOSE', 'FAIL_OPEN', 'FAIL_RELOAD'),
        imagePullPolicy: words('UNSPECIFIED_POLICY', 'IfNotPresent', 'Always'),
        imagePullSecret: text({ minLength: 1, maxLength: 253 }),
        pluginConfig: struct(),
        pluginName: text({ minLength: 1, maxLength: 256 }),
        sha256: text({ pattern: /(^$|^[a-f0-9]{64}$)/ }),
        type: words('UNSPECIFIED_PLUGIN_TYPE', 'HTTP', 'NETWORK'),
        url: required(text({ minLength: 1, rules: [pluginUrl] })),
        verificationKey: text(),
        vmConfig: vmConfig,
      }),
    ),
    lua: choice(
      'filter',
      message({
        inlineCode: required(text({ minLength: 1, maxLength: 65536 })),
      }),
    ),
    match: list(pluginMatch),
    phase: words('UNSPECIFIED', 'AUTHN', 'AUTHZ', 'STATS'),
    priority: nullable(int32()),
    selector: matchLabelsSelector,
    targetRefs: list(targetReference, { maxItems: 16 }),
  },
  [atMostOne('selector', 'targetRefs'), exactlyOne('wasm', 'lua')],
);
