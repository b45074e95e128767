import type { Suite } from '../suite';

export const kernel: Suite = {
  name: 'kernel',
  open: () => () => ({ answer: null, why: 'no answer to kernel inputs yet' }),
};
