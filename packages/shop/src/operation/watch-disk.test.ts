import { statfs } from 'node:fs/promises'
import { leastFreeBytes } from '@vpn-kiosk/domain'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { createTestShop, type TestShop } from '../testing.ts'
import { watchDisk } from './watch-disk.ts'

let world: TestShop
beforeAll(async () => {
  world = await createTestShop(inject('postgresUrl'))
})
afterAll(() => world.close())

const told = async () =>
  (
    await world.fixture.database
      .em()
      .execute<{ content: { kind: string } }[]>(
        `select content from alert_events where content->>'kind' like 'disk%' order by id`,
      )
  ).map(({ content }) => content.kind)

test('a disk that fills is told once, and once that there is room again', async () => {
  const run = (free: number) => world.shop.watchDisk(async () => free)
  await run(5e9)
  expect(await told()).toEqual([])
  for (const _ of [1, 2, 3]) expect(await run(9e8)).toEqual({ isFull: true })
  expect(await told()).toEqual(['disk_full'])
  // A disk that hovers around the limit is not told again and again.
  for (const free of [1.1e9, 9.9e8, 1.1e9]) expect(await run(free)).toEqual({ isFull: true })
  expect(await told()).toEqual(['disk_full'])
  for (const _ of [1, 2]) expect(await run(2e9)).toEqual({ isFull: false })
  expect(await told()).toEqual(['disk_full', 'disk_again'])
})

test('the fullest of the disks counts, and health says so', async () => {
  const policy = { ...world.deps.policy, filledFolders: ['/', '/tmp'] }
  const look = (free: Readonly<Record<string, number>>) =>
    watchDisk({ ...world.deps, policy }, async (folder) => free[folder]!)
  expect(await look({ '/': 5e9, '/tmp': 5e8 })).toEqual({ isFull: true })
  expect((await world.shop.getHealth()).isDiskFull).toBe(true)
  expect(await look({ '/': 5e9, '/tmp': 5e9 })).toEqual({ isFull: false })
  expect((await world.shop.getHealth()).isDiskFull).toBe(false)
})

test('the real disk is read where nothing is given', async () => {
  const { bavail, bsize } = await statfs('/')
  expect(await world.shop.watchDisk()).toEqual({ isFull: bavail * bsize < leastFreeBytes })
})
