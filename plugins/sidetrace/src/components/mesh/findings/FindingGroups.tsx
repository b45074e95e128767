import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Flex, Text } from '@backstage/ui';
import type { FindingState, MeshFinding } from '@sidetrace/backstage-plugin-sidetrace-common';
import { useQueryParam } from '../../../hooks/use-query-param';
import { groupFindings, groupingOf, splitByState } from '../../../presenters/finding-view';
import { capital } from '../../../presenters/text/message-parts';
import { sidetraceTranslationRef } from '../../../translations/translation-ref';
import { FindingList } from '../../findings/FindingList';
import { Section } from '../../shared/Section';
import { MeshFindingBody } from './MeshFindingBody';

interface PartProps {
  readonly state: FindingState;
  readonly items: readonly MeshFinding[];
}

/** Findings of one state under their headings. */
function StatePart({ state, items }: PartProps) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const [by] = useQueryParam('by');
  const [open, setOpen] = useQueryParam('finding');
  const grouping = groupingOf(by);
  const nameless = {
    check: '',
    namespace: t('findings.clusterWide'),
    owner: t('findings.noOwner'),
  };
  /** Titles of checks begin small; names stay as they are. */
  const headingOf = (heading: string) => {
    if (heading === '') return nameless[grouping];
    return grouping === 'check' ? capital(heading) : heading;
  };
  if (items.length === 0) return null;
  return (
    <Section title={`${t(`findings.state.${state}`)} (${items.length})`}>
      <Flex direction="column" gap="4">
        {groupFindings(items, grouping).map(({ id, heading, items: found }) => (
          <section key={id} aria-label={heading === '' ? nameless[grouping] : heading}>
            <Text as="h3" weight="bold">
              {`${headingOf(heading)} (${found.length})`}
            </Text>
            <FindingList
              items={found}
              withSource
              titled={grouping === 'check'}
              open={open}
              onOpen={setOpen}
            >
              {item => <MeshFindingBody source={item.source} fingerprint={open} />}
            </FindingList>
          </section>
        ))}
      </Flex>
    </Section>
  );
}

/** Expired waivers first, then what is open; what was accepted stands apart. */
export function FindingGroups({ items }: { readonly items: readonly MeshFinding[] }) {
  const parts = splitByState(items);
  return (
    <>
      <StatePart state="expired" items={parts.expired} />
      <StatePart state="open" items={parts.open} />
      <StatePart state="waived" items={parts.waived} />
    </>
  );
}
