import type { Suite } from '../suite';

export const validation: Suite = {
  name: 'validation',
  open: () => () => ({ answer: null, why: 'no answer to validation inputs yet' }),
};
