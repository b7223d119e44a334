import { defineCallback, idField, requestField, wordField } from '@vpn-kiosk/telegram'

export const openPromos = defineCallback('promos', {})
/** `request`: of the line that was read, which the dialog keeps. */
export const createPromo = defineCallback('promo-make', { request: requestField() })
export const askPromoStop = defineCallback('promo-stop-ask', { code: wordField(32) })
export const stopPromo = defineCallback('promo-stop', { code: wordField(32) })
export const exportPromoBatch = defineCallback('promo-csv', { batch: idField('batch') })
export const askBatchStop = defineCallback('promo-halt-ask', { batch: idField('batch') })
export const stopPromoBatch = defineCallback('promo-halt', { batch: idField('batch') })

/** Goes on with what was written. */
export const isPromoButton = (data: string | undefined): boolean => createPromo.parse(data) !== null
