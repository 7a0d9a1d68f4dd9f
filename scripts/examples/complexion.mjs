/** What the surfaces of a figure look like: skin and face, cloth, hair. Colours are linear reflectances. */
import { clamp, fbm, hash, mix, noise, smoothstep } from './noise.mjs';

/** Skin with the features of a face where the point lies on the front of the head. */
export function skinColour([u, v, w], look) {
  const tone = look.skin;
  if (Math.abs(v) > 0.16 || Math.abs(u) > 0.12 || w < -0.12 || w > 0.16) return tone;
  const warm = (amount) => [tone[0] * (1 + 0.1 * amount), tone[1] * (1 - 0.16 * amount), tone[2] * (1 - 0.14 * amount)];
  if (w < 0.04) return warm(0.2);
  const eyeX = Math.abs(u) - 0.031;
  const eye = (eyeX / 0.0155) ** 2 + ((v - 0.008) / 0.0072) ** 2;
  if (eye < 1) {
    const iris = Math.hypot(eyeX, v - 0.008) < 0.0068;
    return iris ? [0.025, 0.018, 0.014] : [0.42, 0.4, 0.38];
  }
  if (eye < 2.2 && v > 0.008) return [tone[0] * 0.35, tone[1] * 0.28, tone[2] * 0.25];
  const brow = v - 0.031 - (0.004 - Math.abs(eyeX) * 0.12);
  if (Math.abs(brow) < 0.0046 && Math.abs(eyeX) < 0.021) return look.hair.map((value) => value * 0.9);
  const lips = (u / 0.025) ** 2 + ((v + 0.062) / 0.0085) ** 2;
  if (lips < 1)
    return Math.abs(v + 0.061) < 0.0017
      ? [tone[0] * 0.3, tone[1] * 0.16, tone[2] * 0.14]
      : [tone[0] * 0.85, tone[1] * 0.52, tone[2] * 0.5];
  const cheek = clamp(1 - Math.hypot(Math.abs(u) - 0.045, v + 0.03) / 0.035);
  const stubble = look.beard ? 0.4 * smoothstep(-0.03, -0.055, v) * smoothstep(1, 2.2, lips) : 0;
  const base = warm(0.15 + cheek * 0.5);
  return base.map((value, k) => mix(value, look.hair[k], stubble));
}

/** Cloth: threads and wear. */
export function weave(colour, x, y, z) {
  const thread = 0.94 + 0.12 * hash(Math.floor(x * 700), Math.floor(y * 700), Math.floor(z * 700));
  const wear = 0.92 + 0.16 * fbm(x * 5, y * 5, z * 5, 3);
  return [colour[0] * thread * wear, colour[1] * thread * wear, colour[2] * thread * wear];
}

/** Strands of lighter and darker hair. */
export function hairColour(colour, x, y, z) {
  const strand = 0.65 + 0.7 * noise(x * 150, y * 25, z * 150);
  return [colour[0] * strand, colour[1] * strand, colour[2] * strand];
}
