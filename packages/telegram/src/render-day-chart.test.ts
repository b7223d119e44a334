import sharp from 'sharp'
import { expect, test } from 'vitest'
import { renderDayChart } from './render-day-chart.ts'

const chart = { title: 'Money <by> day & night', legend: ['Sold', 'Earned'], peak: '₽598' } as const

const colourAt = async (png: Uint8Array, x: number, y: number) => {
  const { data } = await sharp(png)
    .extract({ left: x, top: y, width: 1, height: 1 })
    .raw()
    .toBuffer({ resolveWithObject: true })
  return [...data.subarray(0, 3)]
}

test('the highest bar reaches the line, half of it half as high, and nothing where nothing was', async () => {
  const png = await renderDayChart({
    ...chart,
    days: [
      [100, 50],
      [0, 0],
    ],
  })
  expect(await sharp(png).metadata()).toMatchObject({ width: 1280, height: 720, format: 'png' })
  const [sold, earned, ground] = [
    [99, 102, 241],
    [20, 184, 166],
    [15, 23, 42],
  ]
  expect(await colourAt(png, 150, 200)).toEqual(sold)
  expect(await colourAt(png, 380, 390)).toEqual(ground)
  expect(await colourAt(png, 380, 410)).toEqual(earned)
  expect(await colourAt(png, 700, 600)).toEqual(ground)
})

test('a month without anything is drawn, too', async () => {
  expect(await sharp(await renderDayChart({ ...chart, days: [] })).metadata()).toMatchObject({ width: 1280 })
})
