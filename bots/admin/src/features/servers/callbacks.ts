import { choiceField, defineCallback, idField } from '@vpn-kiosk/telegram'

export const openServers = defineCallback('srvs', {})
export const openServer = defineCallback('srv', { server: idField('server') })
export const askDisable = defineCallback('srv-off', { server: idField('server') })
export const changeServer = defineCallback('srv-set', {
  server: idField('server'),
  state: choiceField(['active', 'draining', 'disabled']),
})
