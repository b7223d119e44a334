import { defineCallback, idField } from '@vpn-kiosk/telegram'

export const closeButton = defineCallback('close', { ticket: idField('ticket') })
export const reopenButton = defineCallback('reopen', { ticket: idField('ticket') })
export const cardButton = defineCallback('card', { ticket: idField('ticket') })
