import type { AccessRow } from '@sidetrace/core';
import styles from './VerdictBadge.module.css';
import { verdictLooks } from './verdict-looks';

interface Props {
  readonly verdict: AccessRow['verdict'];
  readonly word: string;
}

/** A verdict as shape and colour; the word is there for assistive technology. For views that show the words in a legend. */
export function VerdictMark({ verdict, word }: Props) {
  const { Icon, tone } = verdictLooks[verdict];
  return (
    <span className={`${styles.badge} ${styles.iconOnly} ${tone}`}>
      <Icon size={16} role="img" aria-label={word} className={styles.icon} />
    </span>
  );
}
