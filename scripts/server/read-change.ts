import type { EndpointChange, ServerChange, ServerLine } from '@vpn-kiosk/shop'
import { present } from '../add-server/draft.ts'
import { UsageError } from '../command-line/failures.ts'
import { readSecret } from '../command-line/read-secret.ts'
import type { EditFlags } from './edit-flags.ts'

/** The changes to the server; empty when none were typed. */
export function readPlaceChange(typed: EditFlags, server: ServerLine): ServerChange {
  const titles = present({ ru: typed['city-ru'], en: typed['city-en'] })
  const cityTitles = Object.keys(titles).length > 0 ? { ...server.cityTitles, ...titles } : undefined
  return present({
    name: typed.name,
    country: typed.country,
    city: typed.city,
    cityTitles,
    host: typed.host,
    capacity: readNumber('capacity', typed.capacity),
    position: readNumber('position', typed.position),
  })
}

/** The changes to an endpoint; null when none were typed. */
export async function readEndpointChange(typed: EditFlags): Promise<EndpointChange | null> {
  if (typed['password-stdin'] && typed['token-stdin'])
    throw new UsageError('--password-stdin and --token-stdin exclude one another: there is one stdin.')
  const settings = {
    ...present<unknown>({
      url: typed.url,
      username: typed.username ?? typed.user,
      inboundIds: typed.inbounds,
      host: typed['ssh-host'],
      port: typed.port,
      sudo: typed.user === undefined ? undefined : typed.user !== 'root',
      endpointHost: typed['endpoint-host'],
    }),
    ...emptied('publicHost', typed['public-host']),
    ...emptied('pinnedCertificate', typed.certificate),
  }
  const secrets = await readSecrets(typed)
  const isNothing = Object.keys(settings).length + Object.keys(secrets).length === 0
  if (isNothing) return typed.test ? {} : null
  return { settings, secrets }
}

/** An empty value removes the setting. */
const emptied = (name: string, value: string | undefined): Record<string, string | null> =>
  value === undefined ? {} : { [name]: value.trim() === '' ? null : value.trim() }

async function readSecrets(typed: EditFlags): Promise<Record<string, string | null>> {
  const password = await readSecret({
    question: 'Password',
    file: typed['password-file'],
    fromStdin: typed['password-stdin'],
  })
  const token = await readSecret({ question: 'Token', file: typed['token-file'], fromStdin: typed['token-stdin'] })
  const seed = await readSecret({ question: 'Seed of the two-factor codes', file: typed['two-factor-file'] })
  const key = await readSecret({ question: 'Private key', file: typed['key-file'] })
  if (password !== null && token !== null) throw new UsageError('A password and a token exclude one another.')
  return {
    ...(password === null ? {} : { password, token: null, privateKey: null, passphrase: null }),
    ...(token === null ? {} : { token, password: null, twoFactorSecret: null }),
    ...(seed === null ? {} : { twoFactorSecret: seed }),
    // A key from a file keeps its last line feed: some SSH libraries require one.
    ...(key === null ? {} : { privateKey: `${key}\n`, passphrase: null, password: null }),
  }
}

function readNumber(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d{1,7}$/.test(text)) throw new UsageError(`--${flag} must be a whole number.`)
  return Number(text)
}
