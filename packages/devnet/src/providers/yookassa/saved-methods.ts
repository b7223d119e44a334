/** What a payer let YooKassa keep. */
export interface SavedMethod {
  /** Of the payment that it was saved with. */
  readonly id: string
  readonly type: string
}

interface Paid {
  readonly reference: string
  readonly method: string | null
}

export interface SavedMethods {
  save(payment: Paid): SavedMethod
  findSaved(id: string): SavedMethod | null
  /** Why the bank refuses a charge of it; null = it does not. */
  declineOf(saved: SavedMethod): string | null
  /** The payer, or the bank, takes back the leave to charge: every charge is refused from now on. */
  revokeSaved(id: string): void
  /** Charges are refused for this reason, by its name in API v3; null ends it. */
  setDecline(reason: string | null): void
  /** Whether the account may keep what is paid with. */
  maySave(): boolean
  setSaving(maySave: boolean): void
}

export function createSavedMethods(): SavedMethods {
  const all = new Map<string, SavedMethod>()
  const revoked = new Set<string>()
  let decline: string | null = null
  let isAllowed = true
  return {
    save: ({ reference, method }) => {
      const saved = { id: reference, type: method ?? 'bank_card' }
      all.set(reference, saved)
      return saved
    },
    findSaved: (id) => all.get(id) ?? null,
    declineOf: ({ id }) => (revoked.has(id) ? 'permission_revoked' : decline),
    revokeSaved: (id) => void revoked.add(id),
    setDecline: (reason) => {
      decline = reason
    },
    maySave: () => isAllowed,
    setSaving: (maySave) => {
      isAllowed = maySave
    },
  }
}

const card = { first6: '411111', last4: '4242', expiry_month: '12', expiry_year: '2030', card_type: 'Visa' }

/** The PaymentMethod object of API v3: its id is there whether or not anything was kept. */
export function describeMethod({ method, reference, saved }: Paid & { readonly saved: SavedMethod | null }) {
  const type = saved?.type ?? method ?? 'bank_card'
  return {
    type,
    id: saved?.id ?? reference,
    saved: saved !== null,
    status: saved ? 'active' : 'inactive',
    title: type === 'bank_card' ? 'Bank card *4242' : type,
    ...(type === 'bank_card' && { card }),
  }
}
