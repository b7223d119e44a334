import { expect, test } from 'vitest'
import { sharedDevices } from './shared-devices.ts'

test('each separate key takes a device from the shared one, which keeps one device', () => {
  expect([0, 1, 2, 3, 4].map((separateKeys) => sharedDevices(3, separateKeys))).toEqual([3, 2, 1, 1, 1])
  expect(sharedDevices(1, 0)).toBe(1)
})
