import { useTranslationRef } from '@backstage/core-plugin-api/alpha';

import type { MeshFindings } from '@sidetrace/backstage-plugin-sidetrace-common';
import { useQueryParams } from '../../../hooks/use-query-params';
import { groupings } from '../../../presenters/finding-view';
import { sidetraceTranslationRef } from '../../../translations/translation-ref';
import { countedOptions, FacetSelect } from '../../shared/FacetSelect';
import { FilterSelect } from '../../shared/FilterSelect';
import { Filters } from '../../shared/Filters';
import { PlaceFilters } from '../../shared/PlaceFilters';
import { TextFilter } from '../../shared/TextFilter';

/** Which findings are shown and how they are grouped, all of it in the URL. */
export function FindingFilters({ answer }: { readonly answer: MeshFindings }) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const [params, setParams] = useQueryParams();
  const { facets, sources } = answer;
  const by = params.get('by') ?? '';
  const levels = ['error', 'warning', 'info'] as const;
  const states = ['open', 'expired', 'waived'] as const;
  return (
    <Filters>
      <TextFilter
        label={t('findings.filter')}
        value={params.get('text') ?? ''}
        onChange={text => setParams({ text, offset: '' })}
      />
      <FilterSelect
        label={t('findings.by')}
        all={t('facets.check')}
        options={groupings
          .filter(item => item !== 'check')
          .map(value => ({ value, label: t(`facets.${value}`) }))}
        value={by}
        onChange={value => setParams({ by: value })}
      />
      <FacetSelect
        param="level"
        label={t('findings.level')}
        all={t('facets.all')}
        options={levels.map(value => ({ value, label: t(`findings.${value}`) }))}
      />
      <FacetSelect
        param="state"
        label={t('findings.stateLabel')}
        all={t('facets.all')}
        options={states.map(value => ({ value, label: t(`findings.state.${value}`) }))}
      />
      <FacetSelect
        param="check"
        label={t('facets.check')}
        all={t('facets.all')}
        options={countedOptions(facets.checks)}
      />
      <PlaceFilters facets={facets} sources={sources} />
    </Filters>
  );
}
