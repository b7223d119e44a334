import { defineCallback, idField } from '@vpn-kiosk/telegram'

export const openBroadcasts = defineCallback('bcs', {})
export const writeBroadcast = defineCallback('bc-new', {})
export const openBroadcast = defineCallback('bc', { broadcast: idField('broadcast') })
export const startBroadcast = defineCallback('bc-go', { broadcast: idField('broadcast') })
export const cancelBroadcast = defineCallback('bc-stop', { broadcast: idField('broadcast') })
