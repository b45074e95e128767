import type { Suite } from '../suite';

export const inbound: Suite = {
  name: 'inbound',
  open: () => () => ({ answer: null, why: 'no answer to inbound inputs yet' }),
};
