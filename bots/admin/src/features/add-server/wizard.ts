import {
  type EndpointDiscovery,
  type EndpointHealth,
  type LocalizedText,
  randomText,
  type ServerId,
  textIn,
} from '@vpn-kiosk/domain'

export const wizardDrivers = ['xui', 'wireguard'] as const
export type WizardDriver = (typeof wizardDrivers)[number]

/** Answered by words. */
export type TextStep =
  | 'url'
  | 'username'
  | 'password'
  | 'token'
  | 'two_factor'
  | 'public_host'
  | 'ssh_host'
  | 'ssh_port'
  | 'ssh_user'
  | 'ssh_key'
  | 'ssh_password'
  | 'endpoint_host'
  | 'name'
  | 'city'
  | 'city_other'
  | 'capacity'
/** Answered by a button. */
type ButtonStep = 'auth' | 'certificate' | 'inbounds' | 'fingerprint' | 'interface' | 'confirm' | 'failed' | 'saved'
/** `discover` asks the endpoint instead of the person. */
export type WizardStep = TextStep | ButtonStep | 'discover'

/** What has been said so far. Lives in memory only and is dropped at the end: it holds passwords and keys. */
export interface Wizard {
  readonly driver: WizardDriver
  readonly step: WizardStep
  /** The question before, as it was answered; null at the first. */
  readonly before: Wizard | null
  /** Pressed twice, what it adds is added once. */
  readonly requestId: string
  /** A server that gets another way in; null for a new server. */
  readonly server: { readonly id: ServerId; readonly name: string } | null
  readonly settings: Readonly<Record<string, unknown>>
  readonly secrets: Readonly<Record<string, string>>
  readonly facts: EndpointDiscovery['facts']
  readonly choices: EndpointDiscovery['choices']
  readonly problems: EndpointDiscovery['problems']
  /** Whether the endpoint cannot tell by itself where customers connect to. */
  readonly isHostOpen: boolean
  /** Of a certificate that nobody vouches for. */
  readonly certificate: string | null
  readonly chosen: readonly string[]
  readonly name: string
  readonly country: string
  readonly cityTitles: LocalizedText
  readonly capacity: number
  readonly saved: Saved | null
}

export interface Saved {
  readonly serverId: ServerId
  readonly health: EndpointHealth
}

/** Never repeated on a screen, and deleted from the chat once they are read. */
const secretSteps: ReadonlySet<WizardStep> = new Set<WizardStep>([
  'password',
  'token',
  'two_factor',
  'ssh_key',
  'ssh_password',
])
export const isSecretStep = (step: WizardStep): boolean => secretSteps.has(step)

export const startOf = (driver: WizardDriver, server: Wizard['server'] = null): Wizard => ({
  driver,
  step: driver === 'xui' ? 'url' : 'ssh_host',
  before: null,
  requestId: randomText(16),
  server,
  settings: {},
  secrets: {},
  facts: {},
  choices: [],
  problems: [],
  isHostOpen: false,
  certificate: null,
  chosen: [],
  name: '',
  country: '',
  cityTitles: {},
  capacity: 0,
  saved: null,
})

/** The next question, with the way back to the one that was answered. */
export function follow(from: Wizard, next: Wizard): Wizard {
  const isQuestion = from.step !== 'discover' && from.step !== 'failed'
  return isQuestion && next.step !== from.step ? { ...next, before: from } : next
}

/** What customers are shown of a place, and what one reads who has no language of ours. */
/** The plain name of the city: English where there is one. */
export const cityOf = ({ cityTitles }: Pick<Wizard, 'cityTitles'>): string => textIn(cityTitles, 'en')

/** The place's address for staff: the panel's host, or where SSH answers. */
export function hostOf({ settings }: Wizard): string {
  if (typeof settings.publicHost === 'string') return settings.publicHost
  if (typeof settings.url === 'string' && URL.canParse(settings.url)) return new URL(settings.url).hostname
  return String(settings.endpointHost ?? settings.host ?? '')
}

/** What the endpoint said, and the step that follows from it. */
export function afterDiscovery(wizard: Wizard, discovery: EndpointDiscovery): Wizard {
  const { facts, choices, found, questions, problems } = discovery
  const { hostKey, ...rest } = found
  // The fingerprint becomes a setting only when a person has confirmed it: until then no secret is sent there.
  const isKeyNew = hostKey !== undefined && wizard.settings.hostKey === undefined
  const isHostOpen =
    questions.some(({ setting, suggestion }) => setting === 'publicHost' && suggestion === null) ||
    problems.some(({ code }) => code === 'inbound_not_dialable')
  const seen = { ...wizard, facts, choices, problems, isHostOpen }
  if (isKeyNew) return { ...seen, step: 'fingerprint' }
  const known = { ...seen, settings: { ...wizard.settings, ...rest } }
  if (wizard.driver === 'wireguard') return { ...known, step: choices.length > 0 ? 'interface' : 'endpoint_host' }
  // The endpoint was asked once more with the host that customers dial: what was chosen stays chosen.
  return wizard.chosen.length > 0 ? describePlace(known) : { ...known, step: 'inbounds' }
}

/** The connection is complete: a new server is described, a way in on an old one is ready. */
export const describePlace = (wizard: Wizard): Wizard => ({ ...wizard, step: wizard.server ? 'confirm' : 'name' })

/** A person compared the fingerprint with the server's own. */
export const trustHostKey = (wizard: Wizard): Wizard => ({
  ...wizard,
  settings: { ...wizard.settings, hostKey: wizard.facts.hostKey },
  step: 'auth',
})

/** The same for a certificate that nobody vouches for. */
export const trustCertificate = (wizard: Wizard): Wizard => ({
  ...wizard,
  settings: { ...wizard.settings, pinnedCertificate: wizard.certificate },
  step: 'discover',
})

/** Several inbounds, one interface. */
export function pick(wizard: Wizard, index: number): Wizard {
  const choice = wizard.choices[index]
  if (!choice || (wizard.step !== 'interface' && wizard.step !== 'inbounds')) return wizard
  if (wizard.step === 'interface')
    return { ...wizard, settings: { ...wizard.settings, [choice.setting]: choice.value }, step: 'discover' }
  return { ...wizard, chosen: toggle(wizard.chosen, choice.value) }
}

export const toggle = (chosen: readonly string[], value: string): string[] =>
  chosen.includes(value) ? chosen.filter((one) => one !== value) : [...chosen, value]

export function finishPicking(wizard: Wizard): Wizard {
  if (wizard.chosen.length === 0 || wizard.step !== 'inbounds') return wizard
  const inboundIds = wizard.chosen.map(Number)
  const picked = { ...wizard, settings: { ...wizard.settings, inboundIds } }
  return wizard.isHostOpen ? { ...picked, step: 'public_host' } : describePlace(picked)
}
