import fc from 'fast-check'
import { addonActions } from './addon-days.ts'

const often = <T>(arbitrary: fc.Arbitrary<T>) => ({ arbitrary, weight: 3 })

/** What may happen on a shop's day. */
export const actions = fc.oneof(
  often(
    fc.record({
      kind: fc.constant('buy' as const),
      surplus: fc.constantFrom(0n, 0n, 1n, 5_000n),
      percentOff: fc.constantFrom(0, 0, 1, 33, 90),
    }),
  ),
  fc.record({ kind: fc.constant('spend' as const), percentOff: fc.constantFrom(0, 33, 90) }),
  often(fc.record({ kind: fc.constant('pass' as const), hours: fc.integer({ min: 1, max: 40 * 24 }) })),
  often(
    fc.record({ kind: fc.constant('refund' as const), which: fc.nat(9), percent: fc.integer({ min: 1, max: 130 }) }),
  ),
  often(
    fc.record({ kind: fc.constant('cabinet' as const), which: fc.nat(9), percent: fc.integer({ min: 1, max: 130 }) }),
  ),
  fc.record({ kind: fc.constant('give' as const), days: fc.integer({ min: 1, max: 20 }) }),
  fc.record({ kind: fc.constant('recognize' as const) }),
  fc.record({ kind: fc.constant('sweep' as const) }),
  fc.record({ kind: fc.constant('auto_renew' as const), minor: fc.constantFrom(100n, 70_000n) }),
  fc.record({ kind: fc.constant('switch' as const), which: fc.nat(9) }),
  fc.record({ kind: fc.constant('gift' as const), surplus: fc.constantFrom(0n, 1n, 5_000n) }),
  fc.record({ kind: fc.constant('activate' as const), which: fc.nat(9), isOwn: fc.boolean() }),
  fc.record({ kind: fc.constant('freeze' as const), hours: fc.integer({ min: 0, max: 400 }), byHand: fc.boolean() }),
  ...addonActions,
  fc.record({ kind: fc.constant('end' as const) }),
  fc.record({
    kind: fc.constant('wrong' as const),
    percent: fc.integer({ min: 1, max: 99 }),
    next: fc.array(fc.constantFrom('ordered', 'balance', 'write_off', 'undo', 'rest'), { maxLength: 3 }),
  }),
  fc.record({ kind: fc.constant('list' as const), which: fc.nat(9), fee: fc.constantFrom(1n, 900n) }),
  fc.record({
    kind: fc.constant('lose' as const),
    which: fc.nat(9),
    percent: fc.constantFrom(0, 50),
    next: fc.array(fc.constantFrom('write_off', 'undo', 'found', 'compare'), { maxLength: 3 }),
  }),
  fc.record({ kind: fc.constant('die' as const), after: fc.integer({ min: 1, max: 6 }) }),
)

export type Step = typeof actions extends fc.Arbitrary<infer One> ? One : never

const buy = { kind: 'buy', surplus: 0n, percentOff: 0 } as const
const addonOf = { kind: 'addon', which: 0, surplus: 0n } as const
/** Run before the random ones: renewals, refunds of passed time and add-ons of each fate happen in every run of the test. */
export const daysThatHappen: readonly (readonly Step[])[] = [
  [buy, { kind: 'auto_renew', minor: 70_000n }, { kind: 'recognize' }],
  [buy, { kind: 'pass', hours: 240 }, { kind: 'recognize' }, { kind: 'refund', which: 0, percent: 100 }],
  [buy, { ...addonOf, hours: 1, percentBack: 50 }],
  [buy, { ...addonOf, hours: 900, percentBack: 0 }],
]
