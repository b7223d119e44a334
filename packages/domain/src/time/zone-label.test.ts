import { expect, test } from 'vitest'
import { createZoneLabel } from './zone-label.ts'

const winter = new Date('2026-11-21T22:30:00Z')
const summer = new Date('2026-07-21T22:30:00Z')

test.each([
  ['Europe/Moscow', 'MSK'],
  ['Asia/Yekaterinburg', 'MSK+2'],
  ['Europe/Kaliningrad', 'MSK−1'],
  ['Asia/Kamchatka', 'MSK+9'],
  ['Europe/Volgograd', 'MSK'],
])('%s is counted from Moscow: %s', (zone, label) => {
  expect(createZoneLabel(zone, 'en-GB', 'MSK')(winter)).toBe(label)
  expect(createZoneLabel(zone, 'ru', 'MSK')(summer)).toBe(label)
})

test('any other zone has the name that the language knows', () => {
  expect(createZoneLabel('Europe/Berlin', 'en-GB', 'MSK')(winter)).toBe('CET')
  expect(createZoneLabel('Europe/Berlin', 'en-GB', 'MSK')(summer)).toBe('CEST')
  expect(createZoneLabel('Asia/Almaty', 'ru', 'MSK')(winter)).toBe('GMT+5')
  expect(createZoneLabel('UTC', 'ru', 'MSK')(winter)).toBe('UTC')
})
