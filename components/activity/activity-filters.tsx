'use client';

import { type DateRange, rangeLabels, rangeNames } from '@/components/activity/date-range';
import { SearchField } from '@/components/ui/search-field';
import { Select } from '@/components/ui/select';
import type { UrlParams } from '@/components/ui/use-url-params';
import { activityResources, type ListActivityQuery } from '@/lib/domain/activity/schema';

const resourceOptions = [
  { value: 'all', label: 'Every kind' },
  ...activityResources.map((value) => ({ value, label: value.replace('_', ' ') })),
];

const rangeOptions = [
  ...rangeNames.map((value) => ({ value, label: rangeLabels[value] })),
  { value: 'custom', label: 'Chosen days' },
] as const;

type ActivityFiltersProps = {
  readonly query: ListActivityQuery;
  readonly range: DateRange;
  readonly onChange: UrlParams['set'];
};

/** Search, kind of thing and time. */
export function ActivityFilters({ query, range, onChange }: ActivityFiltersProps) {
  return (
    <search className="flex flex-wrap items-center gap-2">
      <SearchField
        label="Search activity"
        value={query.search ?? ''}
        onSearch={(search) => onChange({ search, page: null }, 'replace')}
        className="w-64 max-sm:w-full"
      />
      <Select
        label="Kind of thing"
        value={query.resourceType ?? 'all'}
        options={resourceOptions}
        onChange={(value) => onChange({ resourceType: value === 'all' ? null : value, page: null })}
      />
      <Select
        label="Time"
        value={range.name}
        options={range.name === 'custom' ? rangeOptions : rangeOptions.filter(({ value }) => value !== 'custom')}
        onChange={(value) => {
          if (value !== 'custom') onChange({ range: value === '30' ? null : value, from: null, to: null, page: null });
        }}
      />
      <div className="flex min-w-0 gap-2 max-sm:w-full">
        <DayField
          label="From"
          value={range.startDate}
          onChange={(from) => onChange({ from, to: range.endDate, range: null, page: null })}
        />
        <DayField
          label="To"
          value={range.endDate}
          onChange={(to) => onChange({ from: range.startDate, to, range: null, page: null })}
        />
      </div>
    </search>
  );
}

type DayFieldProps = {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (day: string | null) => void;
};

function DayField({ label, value = '', onChange }: DayFieldProps) {
  return (
    <label className="flex min-w-0 flex-1 items-center gap-1.5 text-muted text-xs max-sm:flex-col max-sm:items-stretch max-sm:gap-0.5">
      {label}
      <input
        type="date"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value || null)}
        className="h-7 min-w-0 rounded-control border border-line-strong bg-raised px-1.5 text-strong text-xs touch:h-11 touch:text-md"
      />
    </label>
  );
}
