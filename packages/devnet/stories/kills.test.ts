import { expect, inject, onTestFinished, test } from 'vitest'
import { killCases } from '../kills/cases/index.ts'
import { createKillWorld } from '../kills/kill-world.ts'
import { proveCase } from '../kills/prove-case.ts'

/* A sample of `npm run kills`, which dies at everything that every case waits for. */

test('a process killed with -9 amid a refund gives the money back once, takes the time once and tells it once', async () => {
  const world = await createKillWorld(inject('postgresUrl'))
  onTestFinished(() => world.close())
  const refund = killCases.find(({ name }) => name === 'a part of a payment goes back')
  if (!refund) throw new Error('the case has another name')
  const proof = await proveCase(world, refund, { stride: 14, mostKills: 2 })
  expect(proof.faults).toEqual([])
  expect(proof.kills).toBe(2)
  expect(world.processes.killed()).toBe(2)
})
