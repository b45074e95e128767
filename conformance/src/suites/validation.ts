import { type ObjectVerdict, validateResource } from '@sidetrace/core/testing';
import { readYaml } from '@sidetrace/loader';
import { effectiveMeshConfig } from '../effective-mesh-config';
import type { Answer, JsonObject, Suite } from '../suite';

const messages = (items: readonly { readonly message: string }[]) =>
  items.map(item => item.message).sort();

function render({ admission, schema, meshConfig }: ObjectVerdict): JsonObject {
  return {
    accepted: admission.accepted,
    ...(admission.stage === undefined ? {} : { stage: admission.stage }),
    errors: messages(admission.errors),
    warnings: messages(admission.warnings),
    ...(schema === undefined
      ? {}
      : {
          crd: {
            accepted: schema.accepted,
            errors: schema.violations.map(item => `${item.path}: ${item.message}`).sort(),
          },
        }),
    ...(meshConfig === undefined ? {} : { effective: effectiveMeshConfig(meshConfig) }),
  };
}

export const validation: Suite = {
  name: 'validation',
  open: context => input => validate(String(input.yaml), context.istio),
};

function validate(yaml: string, istioVersion: string): Answer {
  const { resources, issues } = readYaml(yaml, 'input.yaml');
  const [raw] = resources;
  if (raw === undefined) {
    const errors = issues.map(issue => issue.message);
    return { answer: { accepted: false, stage: 'decode', errors, warnings: [] } };
  }
  const verdict = validateResource(raw, { istioVersion });
  return verdict === undefined
    ? { answer: null, why: 'the object is none of Istio’s' }
    : { answer: render(verdict) };
}
