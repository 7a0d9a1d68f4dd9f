type ShareBarProps = {
  readonly name: string;
  readonly colour: string;
  /** 0–1. */
  readonly share: number;
  readonly value: string;
};

/** A name, a number and a bar as long as its share. */
export function ShareBar({ name, colour, share, value }: ShareBarProps) {
  return (
    <li className="grid gap-1 text-xs">
      <span className="flex items-baseline justify-between gap-3">
        <span className="min-w-0 truncate text-strong">{name}</span>
        <span className="text-body">{value}</span>
      </span>
      <span aria-hidden className="h-1.5 overflow-hidden rounded-full bg-hover">
        <span className="block h-full rounded-full" style={{ width: `${share * 100}%`, background: colour }} />
      </span>
    </li>
  );
}
