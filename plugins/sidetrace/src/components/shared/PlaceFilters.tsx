import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { NamedCount } from '@sidetrace/backstage-plugin-sidetrace-common';
import { sidetraceTranslationRef } from '../../translations/translation-ref';
import { countedOptions, FacetSelect } from './FacetSelect';

interface Props {
  readonly facets: {
    readonly namespaces: readonly NamedCount[];
    readonly owners: readonly NamedCount[];
  };
  readonly sources: readonly { readonly id: string }[];
}

/** Where a workload is and whose it is: namespace, owner and source, for every list of the mesh. */
export function PlaceFilters({ facets, sources }: Props) {
  const { t } = useTranslationRef(sidetraceTranslationRef);
  return (
    <>
      <FacetSelect
        param="namespace"
        label={t('facets.namespace')}
        all={t('facets.all')}
        options={countedOptions(facets.namespaces)}
      />
      <FacetSelect
        param="owner"
        label={t('facets.owner')}
        all={t('facets.all')}
        options={countedOptions(facets.owners)}
      />
      <FacetSelect
        param="source"
        label={t('mesh.source')}
        all={t('mesh.allSources')}
        options={sources.map(({ id }) => ({ value: id, label: id }))}
      />
    </>
  );
}
