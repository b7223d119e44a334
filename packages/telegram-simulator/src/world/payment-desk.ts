/** What a bot asks for in an invoice message or link. Amounts are the currency's smallest unit; stars (XTR) are whole. */
export interface InvoiceTerms {
  readonly title: string
  readonly description: string
  readonly payload: string
  readonly currency: string
  readonly totalAmount: number
  /** Of an invoice in stars that is charged again and again: seconds between two charges. */
  readonly subscriptionPeriodS: number | null
}

/** The only period that Telegram offers: 30 days. */
export const subscriptionPeriodS = 2_592_000

export interface Charge {
  readonly id: string
  readonly botId: number
  readonly personId: number
  readonly terms: InvoiceTerms
  /** Unix seconds. */
  readonly date: number
  refundedAt: number | null
  /** Of a subscription: until when this charge pays. */
  readonly expiresAt: number | null
}

/** Stars that a person pays a bot again and again. */
export interface StarSubscription {
  /** The first one names the subscription. */
  readonly firstCharge: Charge
  /** Unix seconds: paid until then, and charged again at that moment. */
  expiresAt: number
  /** By the person, in the settings of Telegram. */
  isCanceled: boolean
  /** By the bot: the person can't take it up again. */
  isCanceledByBot: boolean
  /** A charge failed, or its end came when it was canceled. */
  isOver: boolean
}

export type PreCheckoutAnswer = { readonly ok: true } | { readonly ok: false; readonly message: string }

interface PreCheckout {
  readonly botId: number
  resolve(answer: PreCheckoutAnswer): void
}

/** How long a bot has to answer a pre-checkout query. */
const preCheckoutMs = 10_000

/** Invoice links, charges and the pre-checkout queries that wait for their bot. */
export class PaymentDesk {
  readonly links = new Map<string, { readonly botId: number; readonly terms: InvoiceTerms }>()
  readonly charges = new Map<string, Charge>()
  readonly subscriptions: StarSubscription[] = []
  /** Persons who have no stars to pay with. */
  readonly without = new Set<number>()
  /** Payments and refunds in the order in which they happened. */
  readonly transactions: { readonly charge: Charge; readonly isRefund: boolean }[] = []
  readonly #preCheckouts = new Map<string, PreCheckout>()
  #count = 0

  takeId(prefix: string): string {
    return `${prefix}${++this.#count}`
  }

  /** The bot's answer, or null when there was none within ten seconds of real time. */
  waitForAnswer(id: string, botId: number): Promise<PreCheckoutAnswer | null> {
    return new Promise((resolve) => {
      const settle = (answer: PreCheckoutAnswer | null) => {
        clearTimeout(timer)
        this.#preCheckouts.delete(id)
        resolve(answer)
      }
      const timer = setTimeout(() => settle(null), preCheckoutMs)
      this.#preCheckouts.set(id, { botId, resolve: settle })
    })
  }

  /** False when no such query of this bot waits (any more). */
  answer(id: string, botId: number, answer: PreCheckoutAnswer): boolean {
    const query = this.#preCheckouts.get(id)
    if (!query || query.botId !== botId) return false
    query.resolve(answer)
    return true
  }
}
