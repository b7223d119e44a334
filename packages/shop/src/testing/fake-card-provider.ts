import {
  type CancelReason,
  type ChargesSaved,
  ProviderRefused,
  ProviderUnreachable,
  type SavedCharge,
  SavedMethodGone,
  SavingRefused,
} from '@vpn-kiosk/domain'
import { createFakeProvider, type FakeProvider } from './fake-provider.ts'

/** The fake provider, and what only some can do: it keeps cards and charges them. */
export interface FakeCardProvider extends FakeProvider, ChargesSaved {
  /** Every call that came, also one that found what an earlier one did. */
  readonly calls: readonly SavedCharge[]
  /** What was really charged, each payment once. */
  charged(): readonly SavedCharge[]
  /** The payer pays and lets the provider keep the card. */
  payAndSave(reference: string, methodId: string): void
  /** Charges end so from now on; null = they succeed. */
  declineCharges(reason: CancelReason | null): void
  /** `refused`: the account may not charge. `gone`: nothing of that id is kept. */
  answerCharges(how: 'charge' | 'lose' | 'refused' | 'gone'): void
  refuseSaving(isRefused: boolean): void
}

export function createFakeCardProvider(): FakeCardProvider {
  const base = createFakeProvider()
  const calls: SavedCharge[] = []
  const charges = new Map<string, { readonly request: SavedCharge; readonly isDeclined: boolean }>()
  let decline: CancelReason | null = null
  let how: 'charge' | 'lose' | 'refused' | 'gone' = 'charge'
  let isSavingRefused = false
  return {
    ...base,
    calls,
    charged: () => [...charges.values()].flatMap(({ request, isDeclined }) => (isDeclined ? [] : [request])),
    payAndSave: (reference, id) => {
      const { amount } = base.invoices.get(reference)!
      const saved = { id, title: 'Visa •• 4242' }
      base.answer(reference, { kind: 'paid', received: amount, paidAt: null, saved })
    },
    declineCharges: (reason) => {
      decline = reason
    },
    answerCharges: (wanted) => {
      how = wanted
    },
    refuseSaving: (isRefused) => {
      isSavingRefused = isRefused
    },
    createInvoice: async (request) => {
      if (isSavingRefused && request.savesMethod) throw new SavingRefused('cards are not kept here')
      return base.createInvoice(request)
    },
    chargeSaved: async (request) => {
      calls.push(request)
      if (how === 'refused') throw new ProviderRefused('no recurring payments')
      if (how === 'gone') throw new SavedMethodGone('no such card')
      const { paymentId, amount, description } = request
      const wish = { paymentId, amount, description, returnUrl: '', expiresAt: new Date(0) }
      const { reference } = await base.createInvoice(wish)
      if (!charges.has(paymentId)) {
        charges.set(paymentId, { request, isDeclined: decline !== null })
        if (decline) base.cancel(reference, decline)
        else base.pay(reference)
      }
      if (how === 'lose') throw new ProviderUnreachable('the answer was lost')
      return { reference }
    },
  }
}
