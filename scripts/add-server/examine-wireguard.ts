import type { Environment } from '@vpn-kiosk/app'
import type { EndpointDraft } from '@vpn-kiosk/shop'
import { Refusal, UsageError } from '../command-line/failures.ts'
import { readSecret } from '../command-line/read-secret.ts'
import { requireValues } from '../command-line/require-values.ts'
import { confirm, isInteractive, warn } from '../command-line/terminal.ts'
import { discover, type Examined, type Look, present } from './draft.ts'
import type { AddServerFlags } from './flags.ts'

/** Examines a WireGuard server over SSH. The operator confirms its host key before any secret is sent to it. */
export async function examineWireguard(typed: AddServerFlags, environment: Environment, look: Look): Promise<Examined> {
  const { host } = await requireValues([{ flag: 'host', question: 'Host', typed: typed.host }])
  const reach = present<unknown>({
    host,
    port: typed.port,
    username: typed.user,
    interface: typed.interface,
    sudo: typed.sudo,
  })
  const secrets = await readLogin(typed, environment)
  const hostKey = await confirmHostKey(typed['host-key'], { driver: 'wireguard', settings: reach, secrets }, look)
  const known: EndpointDraft = { driver: 'wireguard', settings: { ...reach, hostKey }, secrets }
  const discovery = await discover(look, known)
  const interfaces = discovery.choices.map(({ label }) => label)
  if (interfaces.length > 0) {
    const wanted = typed.interface ?? 'wg0'
    throw new Refusal(`${wanted} is not running on ${host}. Running: ${interfaces.join(', ')} (--interface).`)
  }
  const endpointHost = typed['endpoint-host']
  const settings = { ...known.settings, ...discovery.found, ...present({ endpointHost }) }
  return { draft: { ...known, settings }, discovery, host: endpointHost ?? host }
}

async function readLogin(typed: AddServerFlags, environment: Environment): Promise<Record<string, string>> {
  if (typed['key-file'] !== undefined) {
    const privateKey = await readSecret({ question: 'Private key', file: typed['key-file'] })
    const passphrase = await readSecret({
      question: 'Passphrase of the key',
      file: typed['passphrase-file'],
      environment: environment.SERVER_KEY_PASSPHRASE,
    })
    // A key from a file keeps its last line feed: some SSH libraries require one.
    return present({ privateKey: privateKey === null ? null : `${privateKey}\n`, passphrase })
  }
  const password = await readSecret({
    question: 'Password for SSH',
    file: typed['password-file'],
    fromStdin: typed['password-stdin'],
    environment: environment.SERVER_PASSWORD,
    canAsk: true,
  })
  if (password === null) {
    throw new UsageError('Missing: --key-file, or a password (--password-file, --password-stdin, SERVER_PASSWORD).')
  }
  return { password }
}

const whereToRead = 'on the server, ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub shows it'

async function confirmHostKey(named: string | undefined, draft: EndpointDraft, look: Look): Promise<string> {
  const { found, facts } = await discover(look, draft)
  const shown = String(found.hostKey)
  if (named !== undefined) {
    if (named === shown) return shown
    throw new Refusal(
      `The server presents ${shown}, not the key that --host-key names: somebody may stand between (${whereToRead}).`,
    )
  }
  if (!isInteractive()) {
    throw new UsageError(
      `Missing: --host-key. The server presents ${shown}; pass it if it is its own (${whereToRead}).`,
    )
  }
  warn(`The server presents the key ${shown} (${facts.hostKeyType}); ${whereToRead}.`)
  if (!(await confirm('Is it the key of your server?'))) throw new Refusal('The key was not confirmed: nothing saved.')
  return shown
}
