import type { ReceiveTicketEditResult } from '@vpn-kiosk/shop'

export type FoundCopy = Exclude<ReceiveTicketEditResult, { kind: 'on_its_way' }>
