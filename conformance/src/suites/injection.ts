import type { Suite } from '../suite';

export const injection: Suite = {
  name: 'injection',
  open: () => () => ({ answer: null, why: 'no answer to injection inputs yet' }),
};
