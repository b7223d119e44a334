import { access } from 'node:fs/promises'
import { resolve } from 'node:path'
import { expect, inject, test } from 'vitest'
import { openStory } from './story.ts'

const ownData = resolve(import.meta.dirname, '../../../.data')

test("a devnet keeps its backups apart from the machine's own shop, and takes them with it", async () => {
  const { devnet, end } = await openStory(inject('postgresUrl'), { bots: [], withJobs: false })
  const file = await devnet.app.shop.createBackup().finally(end)
  expect(file.startsWith(ownData)).toBe(false)
  await expect(access(file)).rejects.toThrow('ENOENT')
})
