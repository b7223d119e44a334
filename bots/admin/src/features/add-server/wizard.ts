import type { EndpointDiscovery } from '@vpn-kiosk/domain'

export const wizardDrivers = ['xui', 'wireguard'] as const
export type WizardDriver = (typeof wizardDrivers)[number]

/** Answered by words. */
export type TextStep =
  | 'url'
  | 'username'
  | 'password'
  | 'token'
  | 'ssh_host'
  | 'ssh_port'
  | 'ssh_user'
  | 'ssh_key'
  | 'ssh_password'
  | 'endpoint_host'
  | 'name'
  | 'location'
  | 'capacity'
/** Answered by a button. */
export type ButtonStep = 'auth' | 'inbounds' | 'fingerprint' | 'interface' | 'confirm' | 'failed'
/** `discover` asks the endpoint instead of the person. */
export type WizardStep = TextStep | ButtonStep | 'discover'

/** What has been said so far. Lives in memory only and is dropped at the end: it holds passwords and keys. */
export interface Wizard {
  readonly driver: WizardDriver
  readonly step: WizardStep
  readonly settings: Readonly<Record<string, unknown>>
  readonly secrets: Readonly<Record<string, string>>
  readonly facts: EndpointDiscovery['facts']
  readonly choices: EndpointDiscovery['choices']
  readonly chosen: readonly string[]
  readonly name: string
  readonly country: string
  readonly city: string
  readonly capacity: number
}

/** Never repeated on a screen, and deleted from the chat once they are read. */
const secretSteps: ReadonlySet<WizardStep> = new Set<WizardStep>(['password', 'token', 'ssh_key', 'ssh_password'])
export const isSecretStep = (step: WizardStep): boolean => secretSteps.has(step)

export const startOf = (driver: WizardDriver): Wizard => ({
  driver,
  step: driver === 'xui' ? 'url' : 'ssh_host',
  settings: {},
  secrets: {},
  facts: {},
  choices: [],
  chosen: [],
  name: '',
  country: '',
  city: '',
  capacity: 0,
})

/** The place's address for staff: the panel's host, or where SSH answers. */
export function hostOf({ settings }: Wizard): string {
  if (typeof settings.url === 'string' && URL.canParse(settings.url)) return new URL(settings.url).hostname
  return String(settings.endpointHost ?? settings.host ?? '')
}

/** What the endpoint said, and the step that follows from it. */
export function afterDiscovery(wizard: Wizard, { facts, choices, found }: EndpointDiscovery): Wizard {
  const { hostKey, ...rest } = found
  // The fingerprint becomes a setting only when a person has confirmed it: until then no secret is sent there.
  const isKeyNew = hostKey !== undefined && wizard.settings.hostKey === undefined
  const seen = { ...wizard, facts, choices, chosen: [] }
  if (isKeyNew) return { ...seen, step: 'fingerprint' }
  const known = { ...seen, settings: { ...wizard.settings, ...rest } }
  if (wizard.driver === 'xui') return { ...known, step: 'inbounds' }
  return { ...known, step: choices.length > 0 ? 'interface' : 'endpoint_host' }
}

/** A person compared the fingerprint with the server's own. */
export const trustHostKey = (wizard: Wizard): Wizard => ({
  ...wizard,
  settings: { ...wizard.settings, hostKey: wizard.facts.hostKey },
  step: 'auth',
})

/** Several inbounds, one interface. */
export function pick(wizard: Wizard, index: number): Wizard {
  const choice = wizard.choices[index]
  if (!choice) return wizard
  if (wizard.step === 'interface')
    return { ...wizard, settings: { ...wizard.settings, [choice.setting]: choice.value }, step: 'discover' }
  const chosen = wizard.chosen.includes(choice.value)
    ? wizard.chosen.filter((value) => value !== choice.value)
    : [...wizard.chosen, choice.value]
  return { ...wizard, chosen }
}

export function finishPicking(wizard: Wizard): Wizard {
  if (wizard.chosen.length === 0) return wizard
  const inboundIds = wizard.chosen.map(Number)
  return { ...wizard, settings: { ...wizard.settings, inboundIds }, step: 'name' }
}
