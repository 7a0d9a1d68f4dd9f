import { type ReactNode, useId } from 'react';

type SettingsSectionProps = {
  readonly title: string;
  /** One sentence: what it is for. */
  readonly description?: ReactNode;
  /** At the right of the title: a state, a button. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
};

/** One subject of a settings page: its name, what it is for, and its fields on a card. */
export function SettingsSection({ title, description, aside, children }: SettingsSectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="grid min-w-0 gap-3">
      <div className="flex flex-wrap items-end justify-between gap-x-4 gap-y-2">
        <div className="grid min-w-0 gap-0.5">
          <h2 id={id} className="font-semibold text-md text-strong">
            {title}
          </h2>
          {description && <p className="text-pretty text-muted">{description}</p>}
        </div>
        {aside}
      </div>
      <div className="min-w-0 rounded-panel border bg-raised">{children}</div>
    </section>
  );
}

type SettingsRowProps = {
  readonly label: string;
  readonly children: ReactNode;
  /** At the right: a button. */
  readonly action?: ReactNode;
};

/** A fact with its name, and what can be done about it. */
export function SettingsRow({ label, children, action }: SettingsRowProps) {
  return (
    <div className="flex min-h-12 flex-wrap items-center gap-x-4 gap-y-1 border-b px-4 py-2 last:border-b-0">
      <span className="w-32 shrink-0 text-muted text-xs max-sm:w-full">{label}</span>
      <div className="min-w-0 flex-1 text-strong">{children}</div>
      {action}
    </div>
  );
}
