import { choiceField, defineCallback, intField } from '@vpn-kiosk/telegram'
import { wizardDrivers } from './wizard.ts'

export const startWizard = defineCallback('srv-add', {})
export const chooseDriver = defineCallback('wiz-driver', { driver: choiceField(wizardDrivers) })
export const choosePick = defineCallback('wiz-pick', { index: intField() })
export const chooseCapacity = defineCallback('wiz-cap', { count: intField() })

/** `usual`: the answer most people give. `again`: ask the endpoint once more. `access`: other credentials. `anew`: from the first question. */
export const wizardActions = [
  'cancel',
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

const wizardButtons = [chooseDriver, choosePick, chooseCapacity, chooseAction]

export const isWizardButton = (data: string | undefined): boolean =>
  wizardButtons.some((button) => button.parse(data) !== null)
