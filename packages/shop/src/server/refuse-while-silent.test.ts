import { type AccountSpec, addMs, EndpointUnreachable } from '@vpn-kiosk/domain'
import { expect, test } from 'vitest'
import { createFakeDriver } from '../testing/fake-driver.ts'
import { refuseWhileSilent } from './refuse-while-silent.ts'

const spec: AccountSpec = {
  account: 'vk-abcdef',
  secrets: {},
  address: null,
  enabled: true,
  expiresAt: null,
  trafficLimitBytes: null,
  deviceLimit: null,
  label: 'Amsterdam',
}

/** An endpoint whose writes end when the test says so, behind the guard; and what became of each. */
function guarded() {
  let now = new Date('2026-11-21T09:00:00Z')
  const clock = { now: () => now }
  const asked: Array<PromiseWithResolvers<void>> = []
  const opened = createFakeDriver('fake', 'subscription').open({} as never, { clock })
  const hanging = {
    ...opened,
    ensureAccount: async () => {
      const answer = Promise.withResolvers<void>()
      asked.push(answer)
      await answer.promise
      return { documents: [] }
    },
  }
  const driver = refuseWhileSilent(hanging, clock)
  const results: string[] = []
  const write = async () => {
    await driver.ensureAccount(spec).then(
      () => results.push('done'),
      (error: unknown) => results.push(error instanceof EndpointUnreachable ? 'refused' : 'failed'),
    )
  }
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve))
  return {
    asked,
    results,
    settled,
    pass: (ms: number) => {
      now = addMs(now, ms)
    },
    write: (count: number) => {
      for (let index = 0; index < count; index++) void write()
      return settled()
    },
  }
}

test('an endpoint that has been silent for a second is waited for by those who wait, and by no more', async () => {
  const world = guarded()
  await world.write(20)
  expect(world.asked).toHaveLength(20)
  world.pass(1001)
  await world.write(3)
  expect([world.asked.length, world.results]).toEqual([20, ['refused', 'refused', 'refused']])
  for (const answer of world.asked.slice(0, 16)) answer.reject(new EndpointUnreachable('timed out'))
  await world.settled()
  await world.write(2)
  expect(world.asked).toHaveLength(21)
  expect(world.results.filter((result) => result === 'refused')).toHaveLength(3 + 16 + 1)
})

test('an endpoint that answers takes any number of writes at once, however long each waits', async () => {
  const world = guarded()
  await world.write(20)
  for (let index = 0; index < 20; index++) {
    world.pass(900)
    world.asked[index]?.resolve()
    await world.settled()
    await world.write(1)
  }
  expect([world.asked.length, new Set(world.results)]).toEqual([40, new Set(['done'])])
})

test('a quiet hour is no silence: the first write after it is not refused, nor are those beside it', async () => {
  const world = guarded()
  await world.write(1)
  world.asked[0]?.resolve()
  await world.settled()
  world.pass(3_600_000)
  await world.write(20)
  expect(world.asked).toHaveLength(21)
})
