import { addMs, minuteMs } from '@vpn-kiosk/domain'
import { expect, test } from 'vitest'
import { createRefusalLog } from './refusal-log.ts'

test('six thousand refused webhooks a minute are one line, and the next says how many there were', () => {
  let now = new Date('2026-11-26T10:00:00Z')
  const lines: object[] = []
  const silent = () => {}
  const logger = { debug: silent, info: silent, error: silent, warn: (fields: object) => lines.push(fields) }
  const log = createRefusalLog({ logger, clock: { now: () => now } })
  for (let at = 0; at < 6000; at += 1) log.note({ at })
  expect(lines).toEqual([{ at: 0 }])
  now = addMs(now, minuteMs)
  log.note({ at: 6000 })
  expect(lines).toEqual([{ at: 0 }, { at: 6000, alsoRefused: 5999 }])
})
