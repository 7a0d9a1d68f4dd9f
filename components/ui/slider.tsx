'use client';

import { type CSSProperties, type ReactNode, useId } from 'react';
import { classNames } from '@/components/ui/class-names';
import { NumberField } from '@/components/ui/number-field';

type SliderProps = {
  readonly label: string;
  readonly value: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly step: number;
  readonly decimals?: number;
  readonly disabled?: boolean;
  /** Words for screen readers when the number alone does not say it. */
  readonly valueText?: string;
  readonly tip?: string;
  /** Drawn on top of the track, as a histogram. */
  readonly above?: ReactNode;
  /** A sentence below: why it is fixed, what it does. */
  readonly note?: string | null;
  readonly onChange: (value: number) => void;
};

/** A native range input with its name, a numeric field beside it and room for a drawing that stands on the track. */
export function Slider(props: SliderProps) {
  const { label, value, minimum, maximum, step, decimals = 0, disabled, valueText, tip, above, note, onChange } = props;
  const id = useId();
  const fill = `${((value - minimum) / Math.max(maximum - minimum, Number.EPSILON)) * 100}%`;
  return (
    <div className="grid gap-0.5" data-tip={tip}>
      <div className="flex items-center justify-between">
        <label htmlFor={id} className="text-xs text-body">
          {label}
        </label>
        <NumberField
          label={`${label}, as a number`}
          value={value}
          minimum={minimum}
          maximum={maximum}
          step={step}
          decimals={decimals}
          disabled={disabled}
          onChange={onChange}
        />
      </div>
      {above}
      <input
        id={id}
        type="range"
        min={minimum}
        max={maximum}
        step={step}
        value={value}
        disabled={disabled}
        aria-valuetext={valueText}
        onChange={(event) => onChange(event.currentTarget.valueAsNumber)}
        style={fillStyle(fill)}
        className={classNames('range', above !== undefined && '-mt-[11px] relative touch:-mt-5')}
      />
      {note && <p className="text-2xs text-muted">{note}</p>}
    </div>
  );
}

function fillStyle(fill: string): CSSProperties & { readonly '--fill': string } {
  return { '--fill': fill };
}
