import type { Clock } from '@vpn-kiosk/domain'

interface Expiring {
  readonly reference: string
  readonly expiresAt: Date | null
}

/** Remembers every invoice in the order of creation, and which of them still wait for money. */
export interface InvoiceShelf<T extends Expiring> {
  add(invoice: T): void
  all(): T[]
  find(reference: string): T | null
  /** Throws when there is none. */
  get(reference: string): T
  /** Takes it from among those that wait; throws when it did not wait any more. */
  close(reference: string): T
  due(): T[]
}

export function createInvoiceShelf<T extends Expiring>(clock: Clock): InvoiceShelf<T> {
  const known = new Map<string, T>()
  const open = new Set<T>()
  const get = (reference: string): T => {
    const invoice = known.get(reference)
    if (!invoice) throw new Error(`no invoice ${reference}`)
    return invoice
  }
  return {
    get,
    add: (invoice) => {
      known.set(invoice.reference, invoice)
      open.add(invoice)
    },
    all: () => [...known.values()],
    find: (reference) => known.get(reference) ?? null,
    close: (reference) => {
      const invoice = get(reference)
      if (!open.delete(invoice)) throw new Error(`invoice ${reference} no longer waits for money`)
      return invoice
    },
    due: () => {
      const now = clock.now()
      return [...open].filter(({ expiresAt }) => expiresAt !== null && expiresAt <= now)
    },
  }
}
