import { isDeepStrictEqual } from 'node:util'
import { minuteMs } from '@vpn-kiosk/domain'
import type { KillWorld } from './kill-world.ts'
import { type Facts, readFacts } from './read-facts.ts'
import type { KillCase } from './scene.ts'

/** What a case came to. */
export interface Proof {
  readonly name: string
  /** What the verb waits for when nobody dies. */
  readonly awaits: number
  readonly kills: number
  /** Kills after which the customer read the same twice: telling is at least once. */
  readonly toldAgain: number
  /** One sentence for each kill that left something wrong. */
  readonly faults: readonly string[]
}

export interface ProofOptions {
  /** Dies at every so many of the things that it waits for; 1 = at each. */
  readonly stride: number
  /** Ends after so many deaths; absent = when the verb comes to its end. */
  readonly mostKills?: number
}

/** Longer than a lease on an access, and than the first wait of a refund or a payment for its next check. */
const restartMs = 2 * minuteMs

/**
 * Runs the case once in peace, then once for each thing that its verb waits for, and dies there. All the books must say
 * the same afterwards.
 */
export async function proveCase(
  world: KillWorld,
  kase: KillCase,
  { stride, mostKills = Number.POSITIVE_INFINITY }: ProofOptions,
): Promise<Proof> {
  const calm = await playScene(world, kase, 0)
  if (calm.end.kind !== 'ended') throw new Error('a process died unasked')
  const faults = compare('in peace', calm.facts, kase.expected)
  const awaits = calm.end.passed
  let kills = 0
  let toldAgain = 0
  // A verb may wait for more when it is called the first time in its process.
  for (let fatal = stride; fatal < 500 && kills < mostKills; fatal += stride) {
    const { end, facts } = await playScene(world, kase, fatal)
    const isToldAgain = end.kind === 'killed' && facts.read === calm.facts.read + 1
    if (isToldAgain) toldAgain += 1
    const agreed = isToldAgain ? { ...calm.facts, read: facts.read } : calm.facts
    faults.push(
      ...compare(`killed at ${fatal} before ${end.kind === 'killed' ? end.before : 'nothing'}`, facts, agreed),
    )
    if (end.kind === 'ended') break
    kills += 1
  }
  return { name: kase.name, awaits, kills, toldAgain, faults }
}

async function playScene(world: KillWorld, kase: KillCase, fatal: number) {
  const { processes, clock, app } = world
  const scene = await kase.prepare(world)
  // The jobs that the preparation queued, and the one whose process dies, are lost.
  await app.db.em().execute(`delete from pgboss.job where state in ('created', 'retry')`)
  const end = await processes.call(scene.call, fatal, clock.now())
  clock.advance(restartMs)
  if (end.kind === 'killed' && kase.recovery === 'repeat') await processes.call(scene.call, 0, clock.now())
  await processes.sweep(clock.now())
  if (scene.afterwards) {
    await scene.afterwards()
    clock.advance(restartMs)
    await processes.sweep(clock.now())
  }
  const facts = await readFacts(world, scene.people, scene.countRead?.() ?? 0)
  await scene.tidy?.()
  return { end, facts }
}

function compare(when: string, facts: Facts, expected: Partial<Facts>): string[] {
  return Object.entries(expected).flatMap(([name, value]) => {
    const found = facts[name as keyof Facts]
    return isDeepStrictEqual(found, value)
      ? []
      : [`${when}: ${name} is ${JSON.stringify(found)} and not ${JSON.stringify(value)}`]
  })
}
