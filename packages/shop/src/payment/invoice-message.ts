import type {
  AddonSize,
  CancelReason,
  Language,
  LocalizedText,
  PaymentId,
  PaymentState,
  PlanId,
} from '@vpn-kiosk/domain'

/** A message of one bot in one chat: neither number means anything alone. */
export interface MessagePlace {
  readonly botId: number
  readonly chatId: number
  readonly messageId: number
}

export interface InvoiceMessage extends MessagePlace {
  readonly paymentId: PaymentId
}

/** A message that shows an invoice, with how that stands now. */
export interface ShownInvoice extends InvoiceMessage {
  readonly state: PaymentState
  /** The order is paid, by this invoice or another one. */
  readonly isOrderPaid: boolean
  readonly reason: CancelReason | null
  /** Null of a top-up that buys nothing, and of an add-on. */
  readonly planId: PlanId | null
  /** It is for somebody else. */
  readonly isGift?: boolean
  /** More devices or traffic, where it is for that. */
  readonly addon?: AddonSize | null
  /** Null of a top-up, and of an add-on. */
  readonly planTitle: LocalizedText | null
  readonly language: Language
}
