import { svgText } from './svg-text.ts'

export interface DayChart {
  readonly title: string
  /** What the two bars of a day are. */
  readonly legend: readonly [string, string]
  /** The two bars of each day of a month, in any unit; none is below zero. */
  readonly days: readonly (readonly [number, number])[]
  /** What the highest bar comes to. */
  readonly peak: string
}

const width = 1280
const height = 720
const left = 80
const bottom = 610
const top = 190
const colours = ['#6366f1', '#14b8a6'] as const

/** Draws two bars for each day, as a PNG of 1280 × 720. The words need a font on the machine; the bars say enough without. */
export async function renderDayChart(chart: DayChart): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp')
  return sharp(Buffer.from(drawing(chart)))
    .png({ compressionLevel: 8 })
    .toBuffer()
}

function drawing({ title, legend, days, peak }: DayChart): string {
  const most = Math.max(1, ...days.flat())
  const step = (width - 2 * left) / Math.max(1, days.length)
  const bars = days.flatMap((pair, day) =>
    pair.map((value, kind) => {
      const tall = Math.round(((bottom - top) * Math.max(0, value)) / most)
      const x = left + day * step + kind * step * 0.42
      return `<rect x="${x.toFixed(1)}" y="${bottom - tall}" width="${(step * 0.38).toFixed(1)}" height="${tall}" rx="3" fill="${colours[kind]}"/>`
    }),
  )
  const labels = days.map((_, day) =>
    day === 0 || (day + 1) % 5 === 0
      ? `<text x="${(left + (day + 0.42) * step).toFixed(1)}" y="${bottom + 34}" text-anchor="middle">${day + 1}</text>`
      : '',
  )
  return `
<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
  <rect width="${width}" height="${height}" fill="#0f172a"/>
  <g font-family="DejaVu Sans, Noto Sans, Liberation Sans, Arial, sans-serif" fill="#e2e8f0" font-size="22">
    <text x="${left}" y="82" font-size="38" font-weight="bold">${svgText(title, 50)}</text>
    ${legend.map((name, kind) => key(name, kind)).join('')}
    <text x="${left}" y="${top - 14}" fill-opacity="0.7">${svgText(peak, 40)}</text>
    <path d="M${left} ${top} H${width - left}" stroke="#475569" stroke-dasharray="6 8"/>
    <path d="M${left} ${bottom} H${width - left}" stroke="#475569"/>
    ${bars.join('')}${labels.join('')}
  </g>
</svg>`
}

const key = (name: string, kind: number): string =>
  `<rect x="${left + kind * 320}" y="104" width="22" height="22" rx="4" fill="${colours[kind]}"/>
   <text x="${left + kind * 320 + 34}" y="123">${svgText(name, 24)}</text>`
