import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Flex, Text } from '@backstage/ui';
import type { MeshChanges } from '@sidetrace/backstage-plugin-sidetrace-common';
import { useMemo } from 'react';
import { useQueryParams } from '../../hooks/use-query-params';
import { changeItems, changeKindOf, filterChanges } from '../../presenters/changes-view';
import { sidetraceTranslationRef } from '../../translations/translation-ref';
import { ChangedFindings } from './ChangedFindings';
import { ChangeSummary } from './ChangeSummary';
import { ChangeTable } from './ChangeTable';
import { FacetSelect } from './FacetSelect';
import { Filters } from './Filters';
import { Section } from './Section';
import { TextFilter } from './TextFilter';

/** What two states of meshes differ in: cells with the answer before and after, whose they are, and findings. */
export function MeshChangesView({ changes }: { readonly changes: MeshChanges }) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const [params, setParams] = useQueryParams();
  const { access, findings } = changes;
  const kind = changeKindOf(params.get('kind') ?? '');
  const text = params.get('text') ?? '';
  const owner = params.get('owner') ?? '';
  const items = useMemo(() => changeItems(access.changes), [access.changes]);
  const shown = filterChanges(items, { kind, text, owner });
  return (
    <Flex direction="column" gap="4">
      <ChangeSummary
        counts={access.counts}
        unchanged={access.unchanged}
        kind={kind}
        onKind={next => setParams({ kind: next ?? '' })}
      />
      {items.length === 0 ? null : (
        <Filters>
          <TextFilter
            label={t('changes.filterText')}
            value={text}
            onChange={value => setParams({ text: value })}
          />
          <FacetSelect
            param="owner"
            label={t('facets.owner')}
            all={t('facets.all')}
            options={access.owners
              .filter(({ name }) => name !== '')
              .map(({ name, count }) => ({ value: name, label: `${name} (${count})` }))}
          />
        </Filters>
      )}
      <ChangeTable
        items={shown}
        withWorkloads
        empty={items.length === 0 ? t('changes.none') : t('mesh.noFiltered')}
      />
      {access.total > access.changes.length ? (
        <Text color="secondary">
          {t('changes.cut', { shown: String(access.changes.length), count: access.total })}
        </Text>
      ) : null}
      <Section title={t('mesh.findings')}>
        <ChangedFindings findings={findings} />
      </Section>
    </Flex>
  );
}
