'use client';

type SwitchProps = {
  readonly label: string;
  readonly description?: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
};

/** An on/off setting that acts at once. A native checkbox underneath, announced as a switch. */
export function Switch({ label, description, checked, onChange }: SwitchProps) {
  return (
    <label className="group flex min-h-7 items-center justify-between gap-3 touch:min-h-11" data-tip={description}>
      <span className="text-xs text-body">{label}</span>
      <span className="relative inline-flex">
        <input
          type="checkbox"
          role="switch"
          aria-checked={checked}
          checked={checked}
          onChange={(event) => onChange(event.currentTarget.checked)}
          className="peer absolute -inset-1 z-10 m-0 opacity-0"
        />
        <span
          aria-hidden
          className="h-4 w-7 rounded-full bg-line-strong transition-colors peer-checked:bg-accent peer-focus-visible:outline-2 peer-focus-visible:outline-offset-1 peer-focus-visible:outline-accent"
        />
        <span
          aria-hidden
          className="pointer-events-none absolute top-0.5 left-0.5 size-3 rounded-full bg-[white] transition-transform peer-checked:translate-x-3"
        />
      </span>
    </label>
  );
}
