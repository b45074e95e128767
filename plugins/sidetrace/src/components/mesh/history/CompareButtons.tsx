import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Button, Flex } from '@backstage/ui';
import type { SnapshotSummary } from '@sidetrace/backstage-plugin-sidetrace-common';
import { useLanguage } from '../../../hooks/use-language';
import { type Pair, previousOf } from '../../../presenters/mesh/history-view';
import { sidetraceTranslationRef } from '../../../translations/translation-ref';

/** Snapshots of which two can be compared. */
export interface Comparable {
  readonly snapshots: readonly SnapshotSummary[];
  /** The one picked for a comparison. */
  readonly picked: string;
  readonly onPick: (id: string) => void;
  readonly onCompare: (pair: Pair) => void;
}

/** A comparison with the snapshot before, and the choice of this one for a comparison with any other. */
export function CompareButtons({
  snapshot,
  narrow,
  snapshots,
  picked,
  onPick,
  onCompare,
}: Comparable & { readonly snapshot: SnapshotSummary; readonly narrow: boolean }) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const previous = previousOf(snapshots, snapshot);
  const time = new Date(snapshot.seenAt).toLocaleString(useLanguage());
  const isPicked = picked === snapshot.id;
  return (
    <Flex gap="2" direction={narrow ? 'column' : 'row'} align="start">
      {previous === undefined ? null : (
        <Button
          size="small"
          variant="secondary"
          aria-label={t('history.withPreviousOf', { time })}
          onPress={() => onCompare({ before: previous.id, after: snapshot.id })}
        >
          {t('history.withPrevious')}
        </Button>
      )}
      <Button
        size="small"
        variant={isPicked ? 'primary' : 'secondary'}
        aria-pressed={isPicked}
        aria-label={t('history.pickOf', { time })}
        onPress={() => onPick(snapshot.id)}
      >
        {isPicked ? t('history.picked') : t('history.pick')}
      </Button>
    </Flex>
  );
}
