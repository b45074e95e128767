import { useTranslationRef } from '@backstage/core-plugin-api/alpha';

import type { MatrixPage } from '@sidetrace/backstage-plugin-sidetrace-common';
import { verdicts } from '@sidetrace/core/access';
import { useQueryParam } from '../../../hooks/use-query-param';
import { sidetraceTranslationRef } from '../../../translations/translation-ref';
import { countedOptions, FacetSelect } from '../../shared/FacetSelect';
import { Filters } from '../../shared/Filters';
import { PlaceFilters } from '../../shared/PlaceFilters';
import { TextFilter } from '../../shared/TextFilter';

/** What of the matrix is shown, all of it in the URL. */
export function MatrixFilters({ page }: { readonly page: MatrixPage }) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  const [workloads, setWorkloads] = useQueryParam('workload');
  const [hosts, setHosts] = useQueryParam('host');
  const { sources, facets } = page;
  return (
    <Filters>
      <TextFilter label={t('mesh.filterRows')} value={workloads} onChange={setWorkloads} />
      <TextFilter label={t('mesh.filterHosts')} value={hosts} onChange={setHosts} />
      <FacetSelect
        param="verdict"
        label={t('access.verdict')}
        all={t('access.allVerdicts')}
        options={verdicts.map(value => ({ value, label: t(`verdict.${value}`) }))}
      />
      <FacetSelect
        param="by"
        label={t('matrix.by')}
        all={t('matrix.byAnswers')}
        options={(['owner', 'system', 'namespace'] as const).map(value => ({
          value,
          label: t(`facets.${value}`),
        }))}
      />
      <PlaceFilters facets={facets} sources={sources} />
      <FacetSelect
        param="system"
        label={t('facets.system')}
        all={t('facets.all')}
        options={countedOptions(facets.systems)}
      />
    </Filters>
  );
}
