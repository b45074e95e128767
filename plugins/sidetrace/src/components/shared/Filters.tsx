import type { ReactNode } from 'react';
import styles from './Filters.module.css';

/** Fields of a filter side by side, as many as fit. */
export function Filters({ children }: { readonly children: ReactNode }) {
  return <search className={styles.filters}>{children}</search>;
}
