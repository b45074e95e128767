import { answerName, proxyOfPod } from '@sidetrace/core/testing';
import { recordedMeshes } from '../recorded-mesh';
import type { Answer, Suite } from '../suite';

interface Question {
  readonly mesh: string;
  readonly proxy: { readonly namespace: string; readonly pod: string };
  readonly name: string;
  readonly type: 'A' | 'AAAA';
}

export const dns: Suite = {
  name: 'dns',
  open: context => {
    const meshOf = recordedMeshes(context);
    return (input): Answer => {
      const question = input as unknown as Question;
      const mesh = meshOf(question.mesh);
      const proxy = proxyOfPod(mesh, question.proxy.namespace, question.proxy.pod);
      if (proxy === undefined) return { answer: null, why: 'the pod has no proxy' };
      const answer = answerName(mesh, proxy, question.name, question.type === 'A' ? 4 : 6);
      switch (answer.kind) {
        case 'forwarded':
          return { answer: { known: false, addresses: [] } };
        case 'answered': {
          const addresses = [...answer.addresses].sort();
          const cname = answer.cname === undefined ? {} : { cname: answer.cname };
          return { answer: { known: true, addresses, ...cname } };
        }
        case 'random':
          return { answer: null, why: 'several entries claim the name' };
      }
    };
  },
};
