import { type Figure, milliseconds, type Percentiles, percentilesOf, seconds } from '../figures.ts'
import type { LargeWorld } from './large-world.ts'

/** One thing that is called again and again. */
export interface Timed {
  readonly what: string
  /** Of 95 in 100 calls; null: nothing was promised. */
  readonly aimMs: number | null
  /** `n` counts the calls, from 0 on. Where only a part of the call matters, it says how long that took. */
  readonly call: (n: number) => Promise<unknown | Part>
}

interface Part {
  readonly partMs: number
}

type Watched = Pick<LargeWorld, 'processorMs'>

const warmUps = 3
const calls = 20

/** Calls it when it is warm, one call after the other. */
export async function timeCalls(world: Watched, { what, aimMs, call }: Timed): Promise<Figure> {
  const samples: number[] = []
  let processorMs = 0
  for (let n = 0; n < warmUps + calls; n++) {
    const [from, before] = [performance.now(), await world.processorMs()]
    const told = await call(n)
    if (n < warmUps) continue
    samples.push(isPart(told) ? told.partMs : performance.now() - from)
    if (!isPart(told)) processorMs += (await world.processorMs()) - before
  }
  return figureOf(what, samples, aimMs, processorMs > 0 ? `${milliseconds(processorMs / calls)} of a core` : '')
}

const isPart = (told: unknown): told is Part => typeof told === 'object' && told !== null && 'partMs' in told

export async function timeAll(world: Watched, all: readonly Timed[]): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const one of all) figures.push(await timeCalls(world, one))
  return figures
}

export function figureOf(what: string, samples: readonly number[], aimMs: number | null, beside = ''): Figure {
  const times = percentilesOf(samples)
  return {
    what,
    measured: show(times),
    beside,
    aim: aimMs === null ? '–' : `p95 < ${milliseconds(aimMs)}`,
    isMet: aimMs === null ? null : times.p95 < aimMs,
  }
}

/** Work that is done once. */
export async function timeOnce(
  what: string,
  { aimMs, beside = '' }: { readonly aimMs: number | null; readonly beside?: string },
  work: () => Promise<unknown>,
): Promise<Figure> {
  const from = performance.now()
  await work()
  const ms = performance.now() - from
  return {
    what,
    measured: ms < 1000 ? milliseconds(ms) : seconds(ms),
    beside,
    aim: aimMs === null ? '–' : `< ${aimMs < 1000 ? milliseconds(aimMs) : seconds(aimMs)}`,
    isMet: aimMs === null ? null : ms < aimMs,
  }
}

const show = ({ p50, p95 }: Percentiles): string => `p50 ${milliseconds(p50)} · p95 ${milliseconds(p95)}`
