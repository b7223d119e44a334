import {
  addMs,
  chargesSaved,
  hourMs,
  type InvoiceRequest,
  money,
  newId,
  SavedMethodGone,
  SavingRefused,
} from '@vpn-kiosk/domain'
import { createYookassa } from '@vpn-kiosk/payments'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { hasty } from '../testing/provider-world.ts'
import { createTestClock } from '../testing/test-clock.ts'
import { startYookassaSimulator, type YookassaSimulator } from './start-yookassa-simulator.ts'

const clock = createTestClock()
let simulator: YookassaSimulator
let provider: ReturnType<typeof createYookassa>
beforeEach(async () => {
  simulator = await startYookassaSimulator({ clock })
  const { shopId, secretKey, apiUrl } = simulator
  provider = createYookassa({ shopId, secretKey, apiUrl, ...hasty })
})
afterEach(() => simulator.close())

const amount = money(29_900, 'RUB')
const requestOf = (changes: Partial<InvoiceRequest> = {}): InvoiceRequest => ({
  paymentId: newId('payment'),
  amount,
  description: 'One month',
  returnUrl: 'https://t.me/a_bot',
  expiresAt: addMs(clock.now(), hourMs),
  ...changes,
})
const chargeOf = (methodId: string) => ({ paymentId: newId('payment'), methodId, amount, description: 'One month' })

async function saveCard(changes: Partial<InvoiceRequest> = {}): Promise<string> {
  const { reference } = await provider.createInvoice(requestOf({ savesMethod: true, ...changes }))
  await simulator.pay(reference)
  const status = await provider.fetchStatus(reference)
  if (status.kind !== 'paid' || !status.saved) throw new Error('nothing was saved')
  return status.saved.id
}

test('what the payer let it keep is named and charged again, once for each request', async () => {
  const { reference } = await provider.createInvoice(requestOf({ savesMethod: true }))
  await simulator.pay(reference)
  expect(await provider.fetchStatus(reference)).toMatchObject({ saved: { id: reference, title: 'Visa •• 4242' } })
  expect(chargesSaved(provider)).toBe(true)
  const charge = chargeOf(reference)
  const answers = await Promise.all(Array.from({ length: 10 }, () => provider.chargeSaved(charge)))
  expect(new Set(answers.map((answer) => answer.reference)).size).toBe(1)
  expect(await provider.fetchStatus(answers[0]!.reference)).toMatchObject({
    kind: 'paid',
    received: amount,
    paymentId: charge.paymentId,
  })
  expect(simulator.listInvoices()).toHaveLength(2)
})

test('a charge whose key was forgotten is found in the list, and not made again', async () => {
  const charge = chargeOf(await saveCard())
  simulator.setDecline('insufficient_funds')
  const askedSince = clock.now()
  const first = await provider.chargeSaved(charge)
  clock.advance(25 * hourMs)
  simulator.setDecline(null)
  expect(await provider.chargeSaved({ ...charge, askedSince })).toEqual(first)
  expect(await provider.fetchStatus(first.reference)).toEqual({ kind: 'canceled', reason: 'insufficient_funds' })
})

test('what nobody asked to keep has an id too, and is neither named nor charged', async () => {
  const { reference } = await provider.createInvoice(requestOf())
  await simulator.pay(reference)
  expect(await provider.fetchStatus(reference)).not.toHaveProperty('saved')
  await expect(provider.chargeSaved(chargeOf(reference))).rejects.toBeInstanceOf(SavedMethodGone)
})

test('a shop that may not keep cards is refused for the wish, and sells without it', async () => {
  simulator.setSaving(false)
  const request = requestOf({ savesMethod: true })
  await expect(provider.createInvoice(request)).rejects.toBeInstanceOf(SavingRefused)
  expect((await provider.createInvoice({ ...request, savesMethod: false, refusals: 1 })).reference).not.toBe('')
})

test.each(['card_expired', 'insufficient_funds', 'permission_revoked'] as const)(
  'a charge ends with %s',
  async (reason) => {
    const methodId = await saveCard({ method: 'sbp' })
    if (reason === 'permission_revoked') simulator.revokeSaved(methodId)
    else simulator.setDecline(reason)
    const { reference } = await provider.chargeSaved(chargeOf(methodId))
    expect(await provider.fetchStatus(reference)).toEqual({ kind: 'canceled', reason })
  },
)
