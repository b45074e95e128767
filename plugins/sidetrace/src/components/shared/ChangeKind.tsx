import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  RiAddCircleLine,
  RiForbid2Line,
  RiIndeterminateCircleLine,
  RiLockUnlockLine,
  RiPencilLine,
  RiRouteLine,
} from '@remixicon/react';
import type { AccessChangeKind } from '@sidetrace/backstage-plugin-sidetrace-common';
import { sidetraceTranslationRef } from '../../translations/translation-ref';
import styles from './ChangeKind.module.css';

const icons: Readonly<Record<AccessChangeKind, typeof RiRouteLine>> = {
  closed: RiForbid2Line,
  opened: RiLockUnlockLine,
  path: RiRouteLine,
  added: RiAddCircleLine,
  removed: RiIndeterminateCircleLine,
  detail: RiPencilLine,
};

/** What kind of change, as shape and word. */
export function ChangeKind({ kind }: { readonly kind: AccessChangeKind }) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const Icon = icons[kind];
  return (
    <span className={styles.kind}>
      <Icon size={16} aria-hidden className={`${styles.icon} ${styles[kind] ?? ''}`} />
      {t(`changes.${kind}`)}
    </span>
  );
}
