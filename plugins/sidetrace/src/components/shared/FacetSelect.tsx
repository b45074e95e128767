import type { NamedCount } from '@sidetrace/backstage-plugin-sidetrace-common';
import { useQueryParams } from '../../hooks/use-query-params';
import { type FilterOption, FilterSelect } from './FilterSelect';

interface Props {
  /** Name in the URL. */
  readonly param: string;
  readonly label: string;
  readonly all: string;
  readonly options: readonly FilterOption[];
}

/** Names with their counts as options. */
export const countedOptions = (items: readonly NamedCount[]): readonly FilterOption[] =>
  items
    .filter(({ name }) => name !== '')
    .map(({ name, count }) => ({ value: name, label: `${name} (${count})` }));

/** A choice that is kept in the URL; another choice starts at the first page. */
export function FacetSelect({ param, label, all, options }: Props) {
  const [params, setParams] = useQueryParams();
  return (
    <FilterSelect
      label={label}
      all={all}
      options={options}
      value={params.get(param) ?? ''}
      onChange={value => setParams({ [param]: value, offset: '' })}
    />
  );
}
