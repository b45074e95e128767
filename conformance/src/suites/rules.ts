import type { Suite } from '../suite';

export const rules: Suite = {
  name: 'rules',
  open: () => () => ({ answer: null, why: 'no answer to rules inputs yet' }),
};
