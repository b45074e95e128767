import { decodeResources } from '@sidetrace/core';
import { analyzeAsIstioctl } from '@sidetrace/core/testing';
import { readYaml } from '@sidetrace/loader';
import type { Suite } from '../suite';

export const analyzers: Suite = {
  name: 'analyzers',
  open: context => input => {
    const file = String(input.mesh);
    const { resources } = readYaml(context.readText(file), file);
    const decoded = decodeResources(resources).resources;
    const messages = analyzeAsIstioctl(decoded, context.istio);
    const findings = messages.map(({ code, level, object, message }) => ({
      code,
      level,
      resource: `${object.kind} ${object.namespace === undefined ? '' : `${object.namespace}/`}${object.name}`,
      message,
    }));
    return { answer: { cluster: { findings } } };
  },
};
