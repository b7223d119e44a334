import { expect, test } from 'vitest'
import { throttleWarnings } from './throttle-warnings.ts'

test('an outage is one line at once and one a minute, with the number of those passed over', () => {
  let now = 0
  const said: string[] = []
  const complain = throttleWarnings(
    (error, passedOver) => said.push(`${error.message} +${passedOver}`),
    () => now,
  )
  const refused = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })
  const ended = Object.assign(new Error('ended'), { code: '57P01' })
  for (; now < 61_000; now += 1_000) complain(refused)
  complain(ended)
  expect(said).toEqual(['refused +0', 'refused +59', 'ended +0'])
})
