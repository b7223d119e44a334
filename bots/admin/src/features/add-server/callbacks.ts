import { choiceField, defineCallback, idField, intField, wordField } from '@vpn-kiosk/telegram'
import { wizardDrivers } from './wizard.ts'

export const startWizard = defineCallback('srv-add', {})
/** Another way in on a server that is there. */
export const startWizardOn = defineCallback('srv-add-way', { server: idField('server') })
export const chooseDriver = defineCallback('wiz-driver', { driver: choiceField(wizardDrivers) })
export const chooseDriverOn = defineCallback('wiz-driver-on', {
  driver: choiceField(wizardDrivers),
  server: idField('server'),
})
export const choosePick = defineCallback('wiz-pick', { index: intField() })
export const chooseCapacity = defineCallback('wiz-cap', { count: intField() })
export const chooseCity = defineCallback('wiz-city', { city: wordField() })

/** `usual`: the answer most people give. `again`: ask the endpoint once more. `access`: other credentials. `anew`: from the first question. */
const wizardActions = [
  'cancel',
  'back',
  'password',
  'token',
  'key',
  'trust',
  'picked',
  'usual',
  'again',
  'access',
  'anew',
  'save',
] as const
export type WizardAction = (typeof wizardActions)[number]
export const chooseAction = defineCallback('wiz', { action: choiceField(wizardActions) })

const wizardButtons = [chooseDriver, chooseDriverOn, choosePick, chooseCapacity, chooseCity, chooseAction]

export const isWizardButton = (data: string | undefined): boolean =>
  wizardButtons.some((button) => button.parse(data) !== null)
