import type { ValueOf } from '../../schema';
import type { wasmPluginSchema } from '../../schema/kinds/wasm-plugin';
import { type Findings, reject } from '../findings';
import type { Subject } from '../subject';
import { validatePolicyTarget } from './policy-target';

type PluginMessage = ValueOf<typeof wasmPluginSchema>;

const schemes = ['file', 'http', 'https', 'oci'];

/** As Go's `net/url` reads it: `registry:5000/image` has the scheme `registry`; without a colon in front it is an image. */
function checkUrl(url: string): string | undefined {
  if (url === '') return 'url field needs to be set';
  const scheme = /^([A-Za-z][-+.A-Za-z0-9]*):/.exec(url)?.[1]?.toLowerCase();
  return scheme === undefined || schemes.includes(scheme)
    ? undefined
    : `url contains unsupported scheme: ${scheme}`;
}

function checkDigest(digest: string): string | undefined {
  if (digest === '') return undefined;
  if (digest.length !== 64) return 'sha256 field must be 64 characters long';
  return /^[a-f0-9]{64}$/.test(digest) ? undefined : 'sha256 field must match [a-f0-9]{64} pattern';
}

function checkVariables(plugin: PluginMessage): string | undefined {
  const seen = new Set<string>();
  for (const { name, value, valueFrom } of plugin.vmConfig?.env ?? []) {
    if (name === '') return 'spec.vmConfig.env invalid';
    if (name.length > 256) return 'env.name field must be less than 255 characters long';
    if (value.length > 2048) return 'env.value field must be less than 2048 characters long';
    if (seen.has(name)) return `duplicate env ${name}`;
    if (valueFrom === 'HOST' && value !== '') {
      return 'value for env must not set when valueFrom is HOST';
    }
    seen.add(name);
  }
  return undefined;
}

/** `ValidateWasmPlugin`. */
export function validateWasmPlugin(
  findings: Findings,
  _subject: Subject,
  plugin: PluginMessage,
): void {
  validatePolicyTarget(findings, plugin);
  const refuse = (field: string, message: string | undefined) => {
    if (message !== undefined) reject(findings, 'match-invalid', `spec.${field}`, message);
  };
  refuse('url', checkUrl(plugin.url));
  refuse('sha256', checkDigest(plugin.sha256));
  if (plugin.imagePullSecret.length > 253) {
    refuse('imagePullSecret', 'imagePullSecret field must be less than 253 characters long');
  }
  if (plugin.pluginName.length > 256) {
    refuse('pluginName', 'pluginName field must be less than 255 characters long');
  }
  refuse('vmConfig.env', checkVariables(plugin));
  for (const { ports } of plugin.match) {
    for (const { number } of ports) {
      if (number > 0 && number <= 65535) continue;
      refuse('match', `port number ${number} must be in the range 1..65535`);
    }
  }
}
