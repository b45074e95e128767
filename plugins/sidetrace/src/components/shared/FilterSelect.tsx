import { Select } from '@backstage/ui';

export interface FilterOption {
  readonly value: string;
  readonly label: string;
}

interface Props {
  readonly label: string;
  /** Word for no restriction. */
  readonly all: string;
  readonly options: readonly FilterOption[];
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A choice with `all` first, which is the empty value. A value that is not among the options stays visible. */
export function FilterSelect({ label, all, options, value, onChange }: Props) {
  const known = value === '' || options.some(option => option.value === value);
  const shown = known ? options : [...options, { value, label: value }];
  return (
    <Select
      label={label}
      options={[{ value: 'all', label: all }, ...shown]}
      value={value === '' ? 'all' : value}
      onChange={key => onChange(key === 'all' || key === null ? '' : String(key))}
    />
  );
}
