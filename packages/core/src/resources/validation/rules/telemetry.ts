import type { ValueOf } from '../../schema';
import type { telemetrySchema } from '../../schema/kinds/telemetry';
import { type Findings, reject, warn } from '../findings';
import type { Subject } from '../subject';
import { validatePolicyTarget } from './policy-target';

type TelemetryMessage = ValueOf<typeof telemetrySchema>;
type Tracing = TelemetryMessage['tracing'][number];
type Override = TelemetryMessage['metrics'][number]['overrides'][number];

function validateProviders(
  findings: Findings,
  providers: readonly { readonly name: string }[],
  path: string,
): void {
  if (providers.every(({ name }) => name !== '')) return;
  reject(findings, 'missing', `${path}.providers`, 'providers.name may not be empty');
}

function validateTags(findings: Findings, tracing: Tracing, path: string): void {
  for (const [name, tag] of tracing.customTags ?? []) {
    const refuse = (message: string) =>
      reject(findings, 'missing', `${path}.customTags.${name}`, message);
    if (name === '') refuse('tag name may not be empty');
    if (tag.literal?.value === '') refuse('literal tag value may not be empty');
    if (tag.header?.name === '') refuse('header tag name may not be empty');
    if (tag.environment?.name === '') refuse('environment tag name may not be empty');
  }
}

function validateTracing(findings: Findings, tracing: TelemetryMessage['tracing']): void {
  if (tracing.length > 1) {
    warn(findings, 'unsupported', 'spec.tracing', 'multiple tracing is not currently supported');
  }
  tracing.forEach((item, at) => {
    const path = `spec.tracing.${at}`;
    if (item.providers.length > 1) {
      warn(findings, 'unsupported', path, 'multiple providers is not currently supported');
    }
    validateProviders(findings, item.providers, path);
    const share = item.randomSamplingPercentage ?? 0;
    if (share < 0 || share > 100) {
      const message = 'randomSamplingPercentage must be in range [0.0, 100.0]';
      reject(findings, 'range-invalid', `${path}.randomSamplingPercentage`, message);
    }
    validateTags(findings, item, path);
  });
}

function validateOverride(findings: Findings, override: Override, path: string): void {
  for (const [name, { operation, value }] of override.tagOverrides ?? []) {
    const at = `${path}.tagOverrides.${name}`;
    if (name === '') warn(findings, 'missing', at, 'tagOverrides.name may not be empty');
    if (operation === 'UPSERT' && value === '') {
      const message = 'tagOverrides.value must be set when operation is UPSERT';
      reject(findings, 'missing', at, message);
    }
    if (operation === 'REMOVE' && value !== '') {
      const message = 'tagOverrides.value may only be set when operation is UPSERT';
      reject(findings, 'conflict', at, message);
    }
  }
  if (override.match?.customMetric === '') {
    reject(findings, 'missing', `${path}.match.customMetric`, 'customMetric may not be empty');
  }
}

/** `ValidateTelemetry`, without the expressions of access log filters. */
export function validateTelemetry(
  findings: Findings,
  _subject: Subject,
  telemetry: TelemetryMessage,
): void {
  validatePolicyTarget(findings, telemetry);
  telemetry.metrics.forEach((metrics, at) => {
    validateProviders(findings, metrics.providers, `spec.metrics.${at}`);
    metrics.overrides.forEach((override, index) => {
      validateOverride(findings, override, `spec.metrics.${at}.overrides.${index}`);
    });
  });
  validateTracing(findings, telemetry.tracing);
  telemetry.accessLogging.forEach((logging, at) => {
    validateProviders(findings, logging.providers, `spec.accessLogging.${at}`);
  });
}
