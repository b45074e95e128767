import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Flex, Text } from '@backstage/ui';
import type { MeshChanges, MeshFinding } from '@sidetrace/backstage-plugin-sidetrace-common';
import { useQueryParam } from '../../hooks/use-query-param';
import { sidetraceTranslationRef } from '../../translations/translation-ref';
import { FindingList } from '../findings/FindingList';

interface PartProps {
  readonly title: string;
  readonly items: readonly MeshFinding[];
}

function Part({ title, items }: PartProps) {
  const [open, setOpen] = useQueryParam('finding');
  if (items.length === 0) return null;
  return (
    <section aria-label={title}>
      <Text as="h3" weight="bold">
        {title}
      </Text>
      <FindingList items={items} withSource open={open} onOpen={setOpen}>
        {({ finding }) => (
          <Flex direction="column" gap="2">
            <Text as="p">{finding.message}</Text>
            <Text as="p" color="secondary">
              {finding.why}
            </Text>
          </Flex>
        )}
      </FindingList>
    </section>
  );
}

/** Findings that are new and findings that are gone. */
export function ChangedFindings({ findings }: Pick<MeshChanges, 'findings'>) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const { added, addedCount, removed, removedCount, unchanged } = findings;
  return (
    <Flex direction="column" gap="3">
      <Part title={t('changes.newFindings', { count: addedCount })} items={added} />
      <Part title={t('changes.goneFindings', { count: removedCount })} items={removed} />
      <Text color="secondary">{t('changes.sameFindings', { count: unchanged })}</Text>
    </Flex>
  );
}
