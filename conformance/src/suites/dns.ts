import type { Suite } from '../suite';

export const dns: Suite = {
  name: 'dns',
  open: () => () => ({ answer: null, why: 'no answer to dns inputs yet' }),
};
