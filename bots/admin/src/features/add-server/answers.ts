import type { TextStep, Wizard, WizardStep } from './wizard.ts'

type Reader = (text: string, wizard: Wizard) => Wizard | null

const setting =
  (name: string, next: WizardStep, read: (text: string) => unknown): Reader =>
  (text, wizard) => {
    const value = read(text)
    return value === null ? null : { ...wizard, settings: { ...wizard.settings, [name]: value }, step: next }
  }

/** One kind of credential at a time: what was tried before is dropped. */
const secret =
  (name: string, max: number): Reader =>
  (text, wizard) =>
    text.length > 0 && text.length <= max ? { ...wizard, secrets: { [name]: text }, step: 'discover' } : null

const hostName = (text: string): string | null => (/^[A-Za-z0-9.:-]{1,253}$/.test(text) ? text : null)
const word = (text: string): string | null => (/^\S{1,128}$/.test(text) ? text : null)
const whole = (text: string, max: number): number | null => {
  const value = /^\d{1,7}$/.test(text) ? Number(text) : 0
  return value >= 1 && value <= max ? value : null
}

/** A bare word is no address: without http:// a dot or a port must tell that it is one. */
function panelUrl(text: string): string | null {
  const hasScheme = /^https?:\/\//i.test(text)
  const full = hasScheme ? text : `https://${text}`
  const isAddress = hasScheme || /^[^/]*[.:]/.test(text)
  return isAddress && full.length <= 300 && !/\s/.test(full) && URL.canParse(full) ? full : null
}

/** Anybody but root works through sudo. */
const sshUser: Reader = (text, wizard) =>
  /^[a-z_][a-z0-9_-]{0,31}$/.test(text)
    ? { ...wizard, settings: { ...wizard.settings, username: text, sudo: text !== 'root' }, step: 'discover' }
    : null

/** `NL Amsterdam` */
const location: Reader = (text, wizard) => {
  const match = /^([A-Za-z]{2})[\s,]+(\S.{0,39})$/.exec(text)
  const [, country, city] = match ?? []
  return country && city ? { ...wizard, country: country.toUpperCase(), city, step: 'capacity' } : null
}

const capacity: Reader = (text, wizard) => {
  const count = whole(text, 1_000_000)
  return count === null ? null : { ...wizard, capacity: count, step: 'confirm' }
}

const privateKey: Reader = (text, wizard) =>
  text.includes('PRIVATE KEY') && text.length <= 32_768
    ? { ...wizard, secrets: { privateKey: `${text}\n` }, step: 'discover' }
    : null

const readers: Readonly<Record<TextStep, Reader>> = {
  url: setting('url', 'auth', panelUrl),
  username: setting('username', 'password', word),
  password: secret('password', 512),
  token: secret('token', 2048),
  ssh_host: setting('host', 'ssh_port', hostName),
  ssh_port: setting('port', 'ssh_user', (text) => whole(text, 65_535)),
  ssh_user: sshUser,
  ssh_key: privateKey,
  ssh_password: secret('password', 512),
  endpoint_host: setting('endpointHost', 'name', hostName),
  name: (text, wizard) => (text.length >= 1 && text.length <= 40 ? { ...wizard, name: text, step: 'location' } : null),
  location,
  capacity,
}

export const isTextStep = (step: WizardStep): step is TextStep => step in readers

/** The wizard after an answer; null when the answer makes no sense there. */
export const readAnswer = (wizard: Wizard, text: string): Wizard | null =>
  isTextStep(wizard.step) ? readers[wizard.step](text.trim(), wizard) : null

/** What a step's "usual" button answers, where it has one. */
export function usualAnswer({ step, settings }: Wizard): string | null {
  if (step === 'ssh_port') return '22'
  if (step === 'ssh_user') return 'root'
  return step === 'endpoint_host' ? String(settings.endpointHost ?? settings.host ?? '') : null
}
