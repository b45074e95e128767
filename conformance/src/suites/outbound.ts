import type { Suite } from '../suite';

export const outbound: Suite = {
  name: 'outbound',
  open: () => () => ({ answer: null, why: 'no answer to outbound inputs yet' }),
};
