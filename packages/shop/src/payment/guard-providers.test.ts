import { addMs, isRefundable, type PaymentProvider, ProviderBusy, ProviderUnreachable } from '@vpn-kiosk/domain'
import { createFakeProvider } from '@vpn-kiosk/shop/testing'
import { expect, test } from 'vitest'
import { guardProviders } from './guard-providers.ts'

const outcomeOf = (call: Promise<unknown>): Promise<unknown> => call.catch((error: unknown) => error)

function guard(deadlineMs: number, ...providers: PaymentProvider[]) {
  let now = new Date('2026-11-26T10:00:00Z')
  const guarded = guardProviders(new Map(providers.map((one) => [one.id, one])), { now: () => now }, deadlineMs)
  return {
    guarded,
    get: (id: string) => guarded.providers.get(id)!,
    advance: (ms: number) => {
      now = addMs(now, ms)
    },
  }
}

test('a provider that hangs is asked a few times, then rests, and delays nobody else', async () => {
  const slow = createFakeProvider('slow')
  const quick = createFakeProvider('quick')
  slow.hang(true)
  const { get, guarded } = guard(40, slow, quick)
  const sixty = Array.from({ length: 60 }, () => outcomeOf(get('slow').fetchStatus('any')))
  expect(await get('quick').fetchStatus('any')).toMatchObject({ kind: 'canceled' })
  for (const outcome of await Promise.all(sixty)) expect(outcome).toBeInstanceOf(ProviderUnreachable)
  expect(slow.statusCalls()).toBe(4)
  expect([guarded.isResting({ provider: 'slow' }), guarded.isResting({ provider: 'quick' })]).toEqual([true, false])
})

test('after its rest one call finds out whether it is back, and then all go again', async () => {
  const provider = createFakeProvider()
  const { get, guarded, advance } = guard(1000, provider)
  provider.setDown(true)
  for (let call = 0; call < 6; call += 1) await outcomeOf(get('fake').fetchStatus('any'))
  expect(provider.statusCalls()).toBe(4)
  expect(guarded.isResting({ provider: 'fake' })).toBe(true)
  provider.setDown(false)
  advance(15_000)
  const both = [outcomeOf(get('fake').fetchStatus('a')), outcomeOf(get('fake').fetchStatus('b'))]
  const outcomes = await Promise.all(both)
  expect(outcomes.filter((outcome) => outcome instanceof ProviderUnreachable)).toHaveLength(1)
  expect(await get('fake').fetchStatus('c')).toMatchObject({ kind: 'canceled' })
  expect(guarded.isResting({ provider: 'fake' })).toBe(false)
})

test('asking too soon about one invoice is no reason to ask about none', async () => {
  const provider = createFakeProvider()
  const tooSoon = async () => {
    throw new ProviderBusy('fake asks for fewer calls', 30_000)
  }
  const { get, guarded } = guard(1000, { ...provider, fetchStatus: tooSoon, createInvoice: tooSoon })
  for (let call = 0; call < 10; call += 1)
    expect(await outcomeOf(get('fake').fetchStatus('any'))).toBeInstanceOf(ProviderBusy)
  expect(guarded.isResting({ provider: 'fake' })).toBe(false)
  const request = {
    paymentId: 'pay_0000',
    amount: { minor: 1n, currency: 'RUB' },
    description: '',
    returnUrl: '',
  } as const
  for (let call = 0; call < 4; call += 1) {
    await outcomeOf(get('fake').createInvoice({ ...request, expiresAt: new Date() }))
  }
  expect(guarded.isResting({ provider: 'fake' })).toBe(true)
})

test('a place is given back however a call ends, so that the hundredth call is still made', async () => {
  const provider = createFakeProvider()
  const { get } = guard(1000, provider)
  for (let call = 0; call < 100; call += 1) {
    if (call % 3 === 0) provider.loseNextAnswer()
    await outcomeOf(get('fake').fetchStatus('any'))
  }
  expect(provider.statusCalls()).toBe(100)
})

test('a refund of a provider that hangs ends with the deadline too', async () => {
  const provider = createFakeProvider()
  const { get } = guard(40, provider)
  provider.hang(true)
  const guarded = get('fake')
  if (!isRefundable(guarded)) throw new Error('the guard hides that it gives money back')
  const one = { minor: 1n, currency: 'RUB' } as const
  const request = { refundId: 'rfd_0000', reference: 'r', amount: one, refundedBefore: one, reason: '' } as const
  expect(await outcomeOf(guarded.refundPayment(request))).toBeInstanceOf(ProviderUnreachable)
  expect(await outcomeOf(guarded.fetchRefund(request, 'x'))).toBeInstanceOf(ProviderUnreachable)
})
