import { choiceField, defineCallback, idField, intField, wordField } from '@vpn-kiosk/telegram'
import { endpointFields, serverFields } from './fields.ts'

export const editServer = defineCallback('srv-edit', { server: idField('server') })
export const askServerField = defineCallback('srv-field', {
  server: idField('server'),
  field: choiceField(serverFields),
})
export const chooseServerCity = defineCallback('srv-city', { server: idField('server'), city: wordField() })
export const openEndpoint = defineCallback('way', { endpoint: idField('endpoint') })
export const askEndpointField = defineCallback('way-field', {
  endpoint: idField('endpoint'),
  field: choiceField(endpointFields),
})
export const emptyEndpointField = defineCallback('way-empty', {
  endpoint: idField('endpoint'),
  field: choiceField(endpointFields),
})
/** `settings` of an endpoint tested as they are: says what is wrong and takes it back into service. */
export const testEndpoint = defineCallback('way-test', { endpoint: idField('endpoint') })
export const trustCertificate = defineCallback('way-trust', { endpoint: idField('endpoint') })
export const askInbounds = defineCallback('way-inbounds', { endpoint: idField('endpoint') })
export const tickInbound = defineCallback('way-tick', { endpoint: idField('endpoint'), index: intField() })
export const saveInbounds = defineCallback('way-save', { endpoint: idField('endpoint') })
export const askDelete = defineCallback('srv-del-ask', { server: idField('server') })
export const deleteServer = defineCallback('srv-del', {
  server: idField('server'),
  remains: choiceField(['nobody', 'cut_off', 'anything']),
})

/** Buttons that go on with what was begun: the others leave it. */
const goingOn = [chooseServerCity, trustCertificate, tickInbound, saveInbounds]

export const isEditButton = (data: string | undefined): boolean => goingOn.some((button) => button.parse(data) !== null)
