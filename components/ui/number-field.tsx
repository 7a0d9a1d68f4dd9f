'use client';

import { useState } from 'react';

type NumberFieldProps = {
  readonly label: string;
  readonly value: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly step: number;
  readonly decimals?: number;
  readonly disabled?: boolean;
  readonly onChange: (value: number) => void;
};

/**
 * A small numeric field that commits on Enter, blur and the arrow keys. What is typed meanwhile stays as typed; what lies
 * outside the range, or off the step, is brought to the nearest allowed value.
 */
export function NumberField(props: NumberFieldProps) {
  const { label, value, minimum, maximum, step, decimals = 0, disabled, onChange } = props;
  const [draft, setDraft] = useState<string | null>(null);

  function commit(text: string): void {
    setDraft(null);
    const typed = Number(text.replace(',', '.'));
    if (text.trim() === '' || !Number.isFinite(typed)) return;
    onChange(onStep(typed, minimum, maximum, step));
  }

  return (
    <input
      type="text"
      inputMode="decimal"
      aria-label={label}
      disabled={disabled}
      value={draft ?? value.toFixed(decimals)}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={(event) => draft !== null && commit(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit(event.currentTarget.value);
        if (event.key === 'Escape') setDraft(null);
        const direction = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
        if (direction === 0) return;
        event.preventDefault();
        setDraft(null);
        onChange(onStep(value + direction * step, minimum, maximum, step));
      }}
      className="h-6 w-12 rounded-control border border-line bg-sunken px-1.5 text-right text-xs text-strong hover:border-line-strong disabled:opacity-60 touch:h-11 touch:w-16 touch:text-md"
    />
  );
}

/** The allowed value nearest to `typed`: steps are counted from zero, so that 640 stays 640 whatever the minimum is. */
function onStep(typed: number, minimum: number, maximum: number, step: number): number {
  const clamped = Math.min(maximum, Math.max(minimum, typed));
  const stepped = Math.round(clamped / step) * step;
  return Number(Math.min(maximum, Math.max(minimum, stepped)).toFixed(6));
}
