import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Flex, Text, ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import type {
  AccessChangeCounts,
  AccessChangeKind,
} from '@sidetrace/backstage-plugin-sidetrace-common';
import { changeKindOf, changeKinds } from '../../presenters/changes-view';
import { sidetraceTranslationRef } from '../../translations/translation-ref';
import styles from './ChangeSummary.module.css';

interface Props {
  readonly counts: AccessChangeCounts;
  readonly unchanged: number;
  /** Only this kind is listed; all without. */
  readonly kind: AccessChangeKind | undefined;
  readonly onKind: (kind: AccessChangeKind | undefined) => void;
}

/** How many cells changed in which way; a kind can be picked to see only its rows. */
export function ChangeSummary({ counts, unchanged, kind, onKind }: Props) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const present = changeKinds.filter(item => counts[item] > 0);
  return (
    <Flex gap="3" align="center" style={{ flexWrap: 'wrap' }}>
      {present.length === 0 ? null : (
        <ToggleButtonGroup
          selectionMode="single"
          aria-label={t('changes.filter')}
          selectedKeys={kind === undefined ? [] : [kind]}
          onSelectionChange={keys => onKind(changeKindOf(String([...keys][0] ?? '')))}
          className={styles.kinds ?? ''}
        >
          {present.map(item => (
            <ToggleButton key={item} id={item} size="small">
              {`${counts[item]} ${t(`changes.${item}`)}`}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      )}
      <Text color="secondary">{t('changes.unchanged', { count: unchanged })}</Text>
    </Flex>
  );
}
