/** From linear light to a finished photograph: depth of field, glow, tone curve, vignette, grain. */
import sharp from 'sharp';
import { clamp, hash, smoothstep } from './noise.mjs';

/** Writes the JPEG and answers its size in bytes. */
export async function develop(image, { focus, blur, exposure, grain = 0.012, path }) {
  const { width, height } = image;
  const soft = depthOfField(image, focus, blur * (width / 1280));
  const bytes = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = (y * width + x) * 3;
      const dx = x / width - 0.5;
      const dy = y / height - 0.5;
      const vignette = 1 - 0.55 * (dx * dx + dy * dy);
      const speck = (hash(x, y, 5) + hash(x, y, 6) - 1) * grain;
      for (let c = 0; c < 3; c++) {
        const value = filmic(soft[i + c] * exposure * vignette);
        bytes[i + c] = Math.round(clamp(value + speck + (hash(x, y, 7 + c) - 0.5) * grain * 0.6) * 255);
      }
    }
  }
  const { size } = await sharp(bytes, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 86, mozjpeg: true, progressive: false })
    .toFile(path);
  return size;
}

/** Blur that grows with the distance from the focus; a sharp neighbour never bleeds into the blur behind it. */
function depthOfField({ data, depth, width, height }, focus, strength) {
  if (strength <= 0) return data;
  const result = new Float32Array(data.length);
  const radiusAt = (i) => strength * smoothstep(0, 1, Math.abs(depth[i] - focus) / (depth[i] + focus * 0.4));
  const taps = 36;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const radius = radiusAt(i);
      let total = 1;
      let [r, g, b] = [data[3 * i], data[3 * i + 1], data[3 * i + 2]];
      for (let tap = 1; tap < taps && radius > 0.6; tap++) {
        const length = radius * Math.sqrt(tap / taps);
        const angle = tap * 2.399963 + hash(x, y, 3) * 6.28;
        const sx = clamp(Math.round(x + length * Math.cos(angle)), 0, width - 1);
        const sy = clamp(Math.round(y + length * Math.sin(angle)), 0, height - 1);
        const j = sy * width + sx;
        const weight = depth[j] < depth[i] * 0.93 && radiusAt(j) < length ? 0 : 1;
        r += data[3 * j] * weight;
        g += data[3 * j + 1] * weight;
        b += data[3 * j + 2] * weight;
        total += weight;
      }
      result[3 * i] = r / total;
      result[3 * i + 1] = g / total;
      result[3 * i + 2] = b / total;
    }
  }
  return result;
}

/** The ACES film curve in Narkowicz's fit, then sRGB. */
function filmic(value) {
  const mapped = clamp((value * (2.51 * value + 0.03)) / (value * (2.43 * value + 0.59) + 0.14));
  return mapped <= 0.0031308 ? 12.92 * mapped : 1.055 * mapped ** (1 / 2.4) - 0.055;
}
