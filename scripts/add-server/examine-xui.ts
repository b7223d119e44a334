import type { Environment } from '@vpn-kiosk/app'
import type { EndpointDiscovery } from '@vpn-kiosk/domain'
import type { EndpointDraft } from '@vpn-kiosk/shop'
import { Refusal, UsageError } from '../command-line/failures.ts'
import { readSecret } from '../command-line/read-secret.ts'
import { requireValues } from '../command-line/require-values.ts'
import { ask, confirm, isInteractive, warn } from '../command-line/terminal.ts'
import { discover, type Examined, explainFailure, type Look, present } from './draft.ts'
import type { AddServerFlags } from './flags.ts'

/** Examines a 3X-UI panel: logs in and lets the operator choose inbounds. */
export async function examineXui(typed: AddServerFlags, environment: Environment, look: Look): Promise<Examined> {
  const { url } = await requireValues([{ flag: 'url', question: 'Address of the panel', typed: typed.url }])
  if (!URL.canParse(url)) throw new UsageError('--url is not an address (https://host:port/path/).')
  const { username, secrets } = await readLogin(typed, environment)
  const publicHost = typed['public-host'] ?? typed.host
  const named = present({ url, username, publicHost, pinnedCertificate: typed.certificate })
  const { settings, discovery } = await confirmCertificate(look, { driver: 'xui', settings: named, secrets })
  if (!typed['dry-run']) assertDialable(discovery)
  const inboundIds = await chooseInbounds(discovery, typed)
  return {
    draft: { driver: 'xui', settings: { ...settings, inboundIds }, secrets },
    discovery,
    host: publicHost ?? new URL(url).hostname,
  }
}

/** The operator confirms a self-signed certificate at the terminal, or gives its fingerprint as a flag. */
async function confirmCertificate(look: Look, draft: EndpointDraft) {
  const found = await look(draft)
  if (found.kind === 'found') return { settings: draft.settings, discovery: found.discovery }
  const fingerprint = 'fingerprint' in found ? found.fingerprint : undefined
  if (!fingerprint || !isInteractive() || draft.settings.pinnedCertificate !== undefined) throw explainFailure(found)
  warn(`Nobody vouches for the certificate of the panel. Its SHA-256 is ${fingerprint}.`)
  if (!(await confirm('Is it the certificate of your panel?')))
    throw new Refusal('The certificate was not confirmed: nothing saved.')
  const settings = { ...draft.settings, pinnedCertificate: fingerprint }
  return { settings, discovery: await discover(look, { ...draft, settings }) }
}

/** Requires --public-host when the panel's host is local: customers cannot connect to such a host. */
function assertDialable({ questions }: EndpointDiscovery): void {
  const isOpen = questions.some(({ setting, suggestion }) => setting === 'publicHost' && suggestion === null)
  if (isOpen) throw new UsageError("Missing: --public-host. Customers cannot dial the panel's own host.")
}

async function readLogin(typed: AddServerFlags, environment: Environment) {
  const twoFactorSecret = await readSecret({
    question: 'Seed of the two-factor codes',
    file: typed['two-factor-file'],
    environment: environment.SERVER_TWO_FACTOR,
  })
  const token = await readSecret({
    question: 'Token of the panel',
    file: typed['token-file'],
    fromStdin: typed['token-stdin'],
    environment: environment.SERVER_TOKEN,
  })
  if (token !== null) return { username: typed.username, secrets: present({ token, twoFactorSecret }) }
  const { username } = await requireValues([
    { flag: 'username', question: 'User name in the panel', typed: typed.username },
  ])
  const password = await readSecret({
    question: 'Password in the panel',
    file: typed['password-file'],
    fromStdin: typed['password-stdin'],
    environment: environment.SERVER_PASSWORD,
    canAsk: true,
  })
  if (password === null) {
    throw new UsageError('Missing: a password (--password-file, --password-stdin, SERVER_PASSWORD) or a token.')
  }
  return { username, secrets: present({ password, twoFactorSecret }) }
}

async function chooseInbounds({ choices }: EndpointDiscovery, typed: AddServerFlags): Promise<number[]> {
  const known = choices.filter(({ setting }) => setting === 'inboundIds')
  const list = known.map(({ value, label }) => `  ${value}: ${label}`).join('\n')
  const chosen = typed.inbounds ?? (typed['dry-run'] ? 'all' : await askForInbounds(list))
  if (chosen.trim() === 'all') return known.map(({ value }) => Number(value))
  const ids = chosen.split(/[\s,]+/).filter((id) => id !== '')
  const strange = ids.filter((id) => !known.some(({ value }) => value === id))
  if (ids.length === 0 || strange.length > 0) {
    throw new UsageError(`--inbounds must name VLESS inbounds of this panel, or all:\n${list || '  there are none'}`)
  }
  return ids.map(Number)
}

async function askForInbounds(list: string): Promise<string> {
  if (!isInteractive()) throw new UsageError(`Missing: --inbounds. The panel has:\n${list || '  no VLESS inbound'}`)
  warn(`The panel's VLESS inbounds:\n${list}`)
  return ask('Inbounds to sell, e.g. 1,2', 'all')
}
