import type { AddonId } from '../ids/ids.ts'
import type { Money } from '../money/money.ts'
import { isGrace } from '../subscription/grace.ts'
import { letUsedUpWait, type Stretch, type StretchAddons } from '../subscription/stretch.ts'
import { remainingMsOf } from '../subscription/take-back.ts'

/*
 * An add-on raises the limits of one stretch, for as long as that stretch has time:
 *
 * 1. It is sold for the stretch that runs when it is ordered, and belongs to it: it waits, freezes and ends with it. What
 *    stands behind that stretch, and bare days that take its limits, have nothing of it.
 * 2. Trials and lent time have none; time without a traffic limit has none of traffic.
 * 3. It is granted once an order. Money that comes when the stretch is over, and a second payment of the same order, are
 *    the customer's balance.
 * 4. Its price is earned day by day over what was left of the stretch when it was granted.
 * 5. A refund takes the same share of it that it gives back of the price, in whole devices or gigabytes, rounded down.
 */
export const addonKinds = ['devices', 'traffic'] as const
export type AddonKind = (typeof addonKinds)[number]

/** How much an add-on gives: so many devices, or so many gibibytes. */
export interface AddonSize {
  readonly kind: AddonKind
  readonly amount: number
}

/** What is sold on top of a plan. */
export interface Addon extends AddonSize {
  readonly id: AddonId
  readonly price: Money
  /** What it costs in further currencies, one price each: for providers that do not collect in its own. */
  readonly otherPrices: readonly Money[]
}

const gibibyte = 1024n ** 3n

/** More devices than this nobody has, whatever they add. */
const mostDevices = 100

/** The same size as what it adds to a stretch. */
export const addedBy = ({ kind, amount }: AddonSize): StretchAddons =>
  kind === 'devices' ? { devices: amount, trafficBytes: 0n } : { devices: 0, trafficBytes: BigInt(amount) * gibibyte }

/** Whether a stretch can have this add-on: see rule 2. */
export function fitsStretch({ kind, amount }: AddonSize, stretch: Stretch): boolean {
  if (stretch.isTrial || isGrace(stretch) || stretch.planId === null) return false
  return kind === 'traffic' ? stretch.trafficLimitBytes !== null : stretch.deviceLimit + amount <= mostDevices
}

/** The queue with an add-on on the stretch under `key`. A stretch that was used up has an allowance again. */
export const putAddon = (queue: readonly Stretch[], key: string, size: AddonSize, now: Date): Stretch[] =>
  letUsedUpWait(
    queue.map((stretch) => (stretch.key === key ? raise(stretch, size, 1) : stretch)),
    now,
  )

/** The queue without so much of an add-on on the stretch under `key`. */
export const takeAddon = (queue: readonly Stretch[], key: string, size: AddonSize, now: Date): Stretch[] =>
  letUsedUpWait(
    queue.map((stretch) => (stretch.key === key ? raise(stretch, size, -1) : stretch)),
    now,
  )

function raise(stretch: Stretch, size: AddonSize, sign: 1 | -1): Stretch {
  const { devices, trafficBytes } = addedBy(size)
  const { addons = { devices: 0, trafficBytes: 0n }, deviceLimit, trafficLimitBytes } = stretch
  const bytes = BigInt(sign) * trafficBytes
  return {
    ...stretch,
    addons: { devices: addons.devices + sign * devices, trafficBytes: addons.trafficBytes + bytes },
    deviceLimit: deviceLimit + sign * devices,
    trafficLimitBytes: trafficLimitBytes === null ? null : trafficLimitBytes + bytes,
  }
}

/** When an add-on was granted, of its stretch: what was left, and the whole length. */
export interface AddonSpan {
  readonly restMs: number
  readonly lengthMs: number
}

/** The time over which its price is earned, of a stretch that may have become shorter or longer since. */
export const addonLengthMs = (
  { restMs, lengthMs }: AddonSpan,
  { lengthMs: nowMs }: Pick<Stretch, 'lengthMs'>,
): number => Number((BigInt(nowMs) * BigInt(restMs) + BigInt(lengthMs) - 1n) / BigInt(Math.max(1, lengthMs)))

export const addonSpanOf = (stretch: Stretch, now: Date): AddonSpan => ({
  restMs: remainingMsOf(stretch, now),
  lengthMs: stretch.lengthMs,
})

/** How much of an add-on all refunds together take, by rule 5. */
export const takenOf = (amount: number, refunded: bigint, price: bigint): number =>
  refunded >= price ? amount : Number((BigInt(amount) * refunded) / price)
