import { decodeResources, type SourceRef } from '@sidetrace/core';
import { analyzeAsIstioctl } from '@sidetrace/core/testing';
import { readYaml } from '@sidetrace/loader';
import type { Suite } from '../suite';

const key = ({ file, document, item = '' }: SourceRef) => `${file}#${document}#${item}`;

/** Documents that kubectl and istioctl do not read; we do, with an issue. */
const lost = new Set(['flow-mapping', 'separator-with-comment']);

/** With `-A` istioctl gives objects that name no namespace none. */
const unnamed = { defaultNamespace: '' };

export const analyzers: Suite = {
  name: 'analyzers',
  open: context => input => {
    const file = String(input.mesh);
    const read = readYaml(context.readText(file), file);
    const keysOf = (issues: typeof read.issues, codes: ReadonlySet<string>) =>
      new Set(
        issues.flatMap(({ code, source }) => (codes.has(code) && source ? [key(source)] : [])),
      );
    const dropped = keysOf(read.issues, lost);
    const decoded = decodeResources(
      read.resources.filter(({ source }) => !dropped.has(key(source))),
      unnamed,
    );
    const findings = analyzeAsIstioctl(decoded, context.istio).map(
      ({ code, level, object, message }) => {
        const scope = (object.namespace ?? '') === '' ? '' : `${object.namespace}/`;
        return { code, level, resource: `${object.kind} ${scope}${object.name}`, message };
      },
    );
    return { answer: { cluster: { findings } } };
  },
};
