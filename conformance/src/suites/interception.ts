import type { Suite } from '../suite';

export const interception: Suite = {
  name: 'interception',
  open: () => () => ({ answer: null, why: 'no answer to interception inputs yet' }),
};
