import sharp from 'sharp'

/** A picture to seed with: a scene of gradients and shapes, so that every thumbnail differs. */
export interface Picture {
  readonly name: string
  readonly bytes: Buffer
}

const palettes = [
  ['#f2c14e', '#f78154', '#4d9078'],
  ['#1b3a4b', '#006466', '#e0fbfc'],
  ['#5f0f40', '#fb8b24', '#e36414'],
  ['#264653', '#2a9d8f', '#e9c46a'],
  ['#0d1b2a', '#778da9', '#e0e1dd'],
] as const

const sizes = [
  [2400, 1600],
  [1600, 2400],
  [2000, 2000],
  [3200, 1800],
] as const

/** The picture with this number: the same number gives the same picture. */
export async function pictureOf(number: number, title: string): Promise<Picture> {
  const [width, height] = sizes[number % sizes.length]!
  const format = formatOf(number)
  const image = sharp(Buffer.from(scene(number, title, width, height))).withExif({
    IFD0: { Artist: 'Vitrine seed', Copyright: 'Public domain (CC0-1.0)' },
  })
  const bytes = await image.toFormat(format, { quality: 82, effort: 2 }).toBuffer()
  return { name: `${title} ${String(number).padStart(3, '0')}.${format === 'jpeg' ? 'jpg' : format}`, bytes }
}

function formatOf(number: number): 'jpeg' | 'png' | 'webp' | 'avif' {
  if (number % 7 === 0) return 'png'
  if (number % 11 === 0) return 'webp'
  return number % 13 === 0 ? 'avif' : 'jpeg'
}

function scene(number: number, title: string, width: number, height: number): string {
  const [sky, sun, land] = palettes[number % palettes.length]!
  const x = ((number * 37) % 80) + 10
  const hills = [0.55, 0.68, 0.8].map((level, i) => hill(width, height, level, number + i))
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <defs><linearGradient id="s" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${sky}"/><stop offset="1" stop-color="${sun}"/></linearGradient></defs>
    <rect width="100%" height="100%" fill="url(#s)"/>
    <circle cx="${x}%" cy="${20 + (number % 25)}%" r="${height * 0.09}" fill="#ffffff" fill-opacity="0.85"/>
    ${hills.map((d, i) => `<path d="${d}" fill="${land}" fill-opacity="${0.35 + i * 0.3}"/>`).join('')}
    <text x="5%" y="93%" font-family="sans-serif" font-size="${height * 0.05}" fill="#ffffff">${title} ${number}</text>
  </svg>`
}

function hill(width: number, height: number, level: number, seed: number): string {
  const points = Array.from({ length: 9 }, (_, i) => {
    const wave = Math.sin(i * 1.3 + seed * 2.1) * 0.08 + Math.sin(i * 2.9 + seed) * 0.03
    return `${((width * i) / 8).toFixed(0)},${(height * (level + wave)).toFixed(0)}`
  })
  return `M0,${height} L${points.join(' L')} L${width},${height} Z`
}
