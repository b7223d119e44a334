import { setTimeout as pause } from 'node:timers/promises'
import { type Figure, megabytes } from '../figures.ts'
import { type BenchWorld, processes } from '../world/bench-world.ts'
import type { RunningChild } from '../world/child-process.ts'
import { processorMsWithChildren, proportionalBytes } from '../world/processor-time.ts'

/** What is done once after a start is over by then. */
const settleMs = 20_000
const fullMs = 60_000
const quickMs = 20_000
const shopAimMs = 8
const shopAimMegabytes = 400
const processAimMegabytes = 120

/** The whole shop while nobody does anything: five processes and their Postgres. */
export async function benchIdle(world: BenchWorld, isQuick: boolean): Promise<Figure[]> {
  const names = processes
  // The first start after a change strips types, and what that takes in memory stays.
  for (const name of names) await (await world.startProcess(name)).close()
  const children: RunningChild[] = []
  for (const name of names) children.push(await world.startProcess(name))
  await pause(settleMs)
  const before = await observe(world, children)
  await pause(isQuick ? quickMs : fullMs)
  const after = await observe(world, children)
  const seconds = (after.at - before.at) / 1000
  const rates = after.processorMs.map((ms, index) => (ms - before.processorMs[index]!) / seconds)
  const whole = rates.reduce((sum, rate) => sum + rate, 0)
  const parts = [...names, 'Postgres']
  const pids = [...children.map(({ pid }) => pid), world.postgresPid]
  const shares = pids.map(proportionalBytes)
  const resident = children.map(({ memory }) => memory())
  const sum = shares.reduce((total, bytes) => total + bytes, 0)
  for (const child of children) await child.close()
  return [
    {
      what: 'the whole shop at rest: processor time',
      measured: `${whole.toFixed(1)} ms/s (${parts.map((name, index) => `${name} ${rates[index]!.toFixed(1)}`).join(', ')})`,
      beside: `${Math.round((after.transactions - before.transactions) / seconds)} transactions/s`,
      aim: `≤ ${shopAimMs} ms/s`,
      isMet: whole <= shopAimMs,
    },
    {
      what: 'the whole shop at rest: memory (PSS)',
      measured: `${megabytes(sum)} (${parts.map((name, index) => `${name} ${Math.round(shares[index]! / 1e6)}`).join(', ')})`,
      beside: '',
      aim: `≤ ${shopAimMegabytes} MB`,
      isMet: sum <= shopAimMegabytes * 1e6,
    },
    ...children.map(({ name }, index) => ({
      what: `${name}: memory at rest beside the others`,
      measured: megabytes(resident[index]!),
      beside: '',
      aim: `≤ ${processAimMegabytes} MB`,
      isMet: resident[index]! <= processAimMegabytes * 1e6,
    })),
  ]
}

interface Observed {
  readonly at: number
  readonly processorMs: readonly number[]
  readonly transactions: number
}

async function observe({ app, postgresPid }: BenchWorld, children: readonly RunningChild[]): Promise<Observed> {
  const [row] = await app.db
    .em()
    .execute<{ count: string }[]>(
      'select xact_commit + xact_rollback as count from pg_stat_database where datname = current_database()',
    )
  return {
    at: performance.now(),
    processorMs: [...children.map((child) => child.processorMs()), processorMsWithChildren(postgresPid)],
    transactions: Number(row?.count ?? 0),
  }
}
