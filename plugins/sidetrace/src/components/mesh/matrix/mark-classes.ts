import type { CellAnswer } from '@sidetrace/backstage-plugin-sidetrace-common';
import styles from './marks.module.css';

/** Tone and shape of a verdict in a cell, the same as those of `VerdictBadge`. */
export const markClasses: Readonly<Record<CellAnswer['verdict'], string>> = {
  allowed: `${styles.good} ${styles.allowed}`,
  passthrough: `${styles.notice} ${styles.passthrough}`,
  bypass: `${styles.warning} ${styles.bypass}`,
  blocked: `${styles.bad} ${styles.blocked}`,
  mixed: `${styles.warning} ${styles.mixed}`,
  undetermined: `${styles.unknown} ${styles.undetermined}`,
};
