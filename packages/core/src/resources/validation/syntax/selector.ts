import { type Findings, quoted, reject } from '../findings';

type Labels = ReadonlyMap<string, string> | undefined;

/** `ValidateAlphaWorkloadSelector`, `validateWorkloadSelector`: no empty key, no wildcard. */
export function validateSelectorLabels(findings: Findings, labels: Labels, path: string): void {
  for (const [key, value] of labels ?? []) {
    const text = quoted(`${key}=${value}`);
    const at = `${path}.${key}`;
    if (key === '') {
      reject(findings, 'selector-invalid', at, `empty key is not supported in selector: ${text}`);
    }
    if (key.includes('*') || value.includes('*')) {
      reject(findings, 'selector-invalid', at, `wildcard is not supported in selector: ${text}`);
    }
  }
}

/** True for a selector that is there and names no label: it selects every workload of the namespace. */
export const selectsEverything = (labels: Labels): boolean => (labels?.size ?? 0) === 0;

export const withoutLabels = 'workload selector specified without labels';
