import {
  int32,
  list,
  message,
  nullable,
  numberedWords,
  required,
  struct,
  text,
  uint32,
  words,
} from '../make-type';
import { atMostOne, pluginUrl, valueOnlyInline } from '../rules';
import { matchLabelsSelector, targetReference } from './selectors';

const vmEnv = message(
  {
    name: required(text({ minLength: 1, maxLength: 256 })),
    value: text({ maxLength: 2048 }),
    valueFrom: words('INLINE', 'HOST'),
  },
  [valueOnlyInline],
);

/** `VmConfig`. */
export const vmConfig = message({
  env: list(vmEnv, { maxItems: 256, uniqueBy: 'name' }),
});

const pluginPort = message({
  number: required(uint32({ minimum: 1, maximum: 65535 })),
});

/** `TrafficSelector`. */
export const pluginMatch = message({
  mode: words('UNDEFINED', 'CLIENT', 'SERVER', 'CLIENT_AND_SERVER'),
  ports: list(pluginPort, { uniqueBy: 'number' }),
});

/** Spec of WasmPlugin. */
export const wasmPluginSchema = message(
  {
    failStrategy: words('FAIL_CLOSE', 'FAIL_OPEN', 'FAIL_RELOAD'),
    imagePullPolicy: words('UNSPECIFIED_POLICY', 'IfNotPresent', 'Always'),
    imagePullSecret: text({ minLength: 1, maxLength: 253 }),
    match: list(pluginMatch),
    phase: numberedWords({ UNSPECIFIED_PHASE: 0, AUTHN: 10, AUTHZ: 20, STATS: 30 }),
    pluginConfig: struct(),
    pluginName: text({ minLength: 1, maxLength: 256 }),
    priority: nullable(int32()),
    selector: matchLabelsSelector,
    sha256: text({ pattern: /(^$|^[a-f0-9]{64}$)/ }),
    targetRef: targetReference,
    targetRefs: list(targetReference, { maxItems: 16 }),
    type: words('UNSPECIFIED_PLUGIN_TYPE', 'HTTP', 'NETWORK'),
    url: required(text({ minLength: 1, rules: [pluginUrl] })),
    verificationKey: text(),
    vmConfig: vmConfig,
  },
  [atMostOne('selector', 'targetRef', 'targetRefs')],
);
