import { Text } from '@backstage/ui';
import { RiRefreshLine } from '@remixicon/react';
import type { SourceState } from '@sidetrace/backstage-plugin-sidetrace-common';
import { useLanguage } from '../../hooks/use-language';
import { ageText } from '../../presenters/text/age';
import styles from './ReadAge.module.css';

/** How old the answer is: that of the source which was read the longest ago. */
export function ReadAge({ sources }: { readonly sources: readonly SourceState[] }) {
  const language = useLanguage();
  const [oldest] = sources.flatMap(({ readAt }) => readAt ?? []).sort();
  if (oldest === undefined) return null;
  return (
    <Text as="span" color="secondary" variant="body-small" className={styles.age}>
      <RiRefreshLine size={14} aria-hidden />
      <time dateTime={oldest}>{ageText(oldest, Date.now(), language)}</time>
    </Text>
  );
}
