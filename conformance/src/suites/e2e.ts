import type { Suite } from '../suite';

export const e2e: Suite = {
  name: 'e2e',
  open: () => () => ({ answer: null, why: 'no answer to e2e inputs yet' }),
};
