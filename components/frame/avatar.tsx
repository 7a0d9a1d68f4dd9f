import { initials, nameHue } from '@/components/frame/initials';

type AvatarProps = {
  readonly name: string;
  /** What the colour comes from: something that does not change when the name does. */
  readonly seed: string;
  /** CSS pixels. */
  readonly size?: number;
};

/** A person as initials on a colour of their own; nothing is asked of an image service. */
export function Avatar({ name, seed, size = 24 }: AvatarProps) {
  return (
    <span
      aria-hidden
      className="grid shrink-0 select-none place-items-center rounded-full font-semibold text-[white]"
      style={{
        width: size,
        height: size,
        fontSize: Math.round(size * 0.42),
        lineHeight: 1,
        // Dark enough at every hue for white letters to stand out 4.5 to 1.
        background: `oklch(0.48 0.11 ${nameHue(seed)})`,
      }}
    >
      {initials(name)}
    </span>
  );
}
