import type { CellAnswer } from '@sidetrace/backstage-plugin-sidetrace-common';
import styles from './marks.module.css';

/** Glyph and colours of a verdict in a cell; the legend beside the grid has the words. */
export const markClasses: Readonly<Record<CellAnswer['verdict'], string>> = {
  allowed: `${styles.mark} ${styles.allowed}`,
  passthrough: `${styles.mark} ${styles.passthrough}`,
  bypass: `${styles.mark} ${styles.bypass}`,
  blocked: `${styles.mark} ${styles.blocked}`,
  mixed: `${styles.mark} ${styles.mixed}`,
  undetermined: `${styles.mark} ${styles.undetermined}`,
};
