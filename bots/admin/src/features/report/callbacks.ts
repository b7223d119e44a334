import { defineCallback, optionalField, wordField } from '@vpn-kiosk/telegram'

/** `month`: `2026-11`; null = the running one. */
export const openReport = defineCallback('rep', { month: optionalField(wordField(7)) })
export const askClosing = defineCallback('rep-close-ask', { month: wordField(7) })
export const closeMonth = defineCallback('rep-close', { month: wordField(7) })
/** The days of a month as a picture. */
export const showChart = defineCallback('rep-chart', { month: wordField(7) })
export const exportReport = defineCallback('rep-csv', { month: wordField(7) })
