import {
  isRefundable,
  money,
  newId,
  type PaymentProvider,
  ProviderRefused,
  ProviderUnreachable,
  type Refundable,
  type RefundRequest,
} from '@vpn-kiosk/domain'
import { expect, test } from 'vitest'
import { monthInvoice } from './month-invoice.ts'
import type { Place, ProviderHarness, ProviderWorld } from './provider-world.ts'

/** What every `Refundable` promises; skipped by a provider that gives nothing back. */
export function refundContract(harness: ProviderHarness, at: Place): void {
  const payRefundable = (skip: () => void) => payOnce(harness, at.world, skip)

  test('a whole payment is given back, and its status says so', async ({ skip }) => {
    const { world, provider, reference, ask } = await payRefundable(skip)
    expect(await provider.refundPayment(ask(29_900))).toMatchObject({ kind: 'done' })
    expect(world.countRefunded(reference)).toBe(29_900n)
    world.rest()
    expect(await provider.fetchStatus(reference)).toMatchObject({
      kind: 'paid',
      received: money(0, harness.currency),
      refunded: money(29_900, harness.currency),
    })
  })

  test('a part is given back, then another, and no more than is left', async ({ skip }) => {
    const { world, provider, reference, ask } = await payRefundable(skip)
    if (provider.refunds === 'whole') return skip()
    expect(await provider.refundPayment(ask(10_000))).toMatchObject({ kind: 'done' })
    world.rest()
    expect(await provider.refundPayment(ask(9_950, 10_000))).toMatchObject({ kind: 'done' })
    world.rest()
    await expect(provider.refundPayment(ask(9_951, 19_950))).rejects.toBeInstanceOf(ProviderRefused)
    expect(world.countRefunded(reference)).toBe(19_950n)
    world.rest()
    const refunded = money(19_950, harness.currency)
    expect(await provider.fetchStatus(reference)).toMatchObject({ received: money(9_950, harness.currency), refunded })
  })

  test('the same refund asked for twice, also days later, is given once', async ({ skip }) => {
    const { world, provider, reference, ask } = await payRefundable(skip)
    const asked = ask(10_000)
    expect(await provider.refundPayment(asked)).toMatchObject({ kind: 'done' })
    world.rest()
    expect(await provider.refundPayment(asked)).toMatchObject({ kind: 'done' })
    for (let hour = 0; hour < 25; hour += 1) await world.expire(reference)
    expect(await provider.refundPayment(asked)).toMatchObject({ kind: 'done' })
    expect(world.countRefunded(reference)).toBe(10_000n)
  })

  test('a refund whose answer was lost is given once when it is repeated', async ({ skip }) => {
    const { world, provider, reference, ask } = await payRefundable(skip)
    const asked = ask(10_000)
    world.setFault('lose-refund-answer')
    await provider.refundPayment(asked).catch((error: unknown) => {
      expect(error).toBeInstanceOf(ProviderUnreachable)
    })
    world.rest()
    expect(await provider.refundPayment(asked)).toMatchObject({ kind: 'done' })
    expect(world.countRefunded(reference)).toBe(10_000n)
  })

  test('more than was paid, and a payment that nobody made, are refused', async ({ skip }) => {
    const { world, provider, reference, ask } = await payRefundable(skip)
    await expect(provider.refundPayment(ask(29_901))).rejects.toBeInstanceOf(ProviderRefused)
    const unknown = { ...ask(10_000), reference: harness.unknownReference }
    await expect(provider.refundPayment(unknown)).rejects.toBeInstanceOf(ProviderRefused)
    expect(world.countRefunded(reference)).toBe(0n)
  })
}

/** A paid invoice of a provider that gives back; skips the test for one that does not. */
async function payOnce(harness: ProviderHarness, world: ProviderWorld, skip: () => void) {
  const { provider } = world
  if (!isRefundable(provider)) {
    skip()
    throw new Error('skip goes on')
  }
  const { reference } = await provider.createInvoice(monthInvoice(harness, world))
  await world.pay(reference)
  world.rest()
  const ask = (minor: number, before = 0): RefundRequest => ({
    refundId: newId('refund'),
    reference,
    amount: money(minor, harness.currency),
    refundedBefore: money(before, harness.currency),
    reason: 'Refund',
  })
  return { world, provider: provider as PaymentProvider & Refundable, reference, ask }
}
