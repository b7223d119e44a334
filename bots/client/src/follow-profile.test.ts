import { silentLogger } from '@vpn-kiosk/telegram'
import { expect, test, vi } from 'vitest'
import { followProfile } from './follow-profile.ts'
import type { PromisedTrial } from './profile.ts'
import { fakeShop } from './testing/fake-shop.ts'

test('a trial that is switched off or on while the bot runs is published once, and a failure is tried again', async () => {
  const trial = await fakeShop({}).findTrial()
  const seeTrial = vi.fn(async () => trial)
  const publish = vi.fn(async (_promises: { trial: PromisedTrial }) => {})
  const look = followProfile({ shop: { findTrial: seeTrial }, publish, logger: silentLogger })
  await look()
  await look()
  expect(publish.mock.calls).toEqual([[{ trial: 'free' }]])
  seeTrial.mockResolvedValue(null)
  publish.mockRejectedValueOnce(new Error('the database is away'))
  await look()
  await look()
  await look()
  expect(publish.mock.calls.slice(1)).toEqual([[{ trial: 'none' }], [{ trial: 'none' }]])
})
