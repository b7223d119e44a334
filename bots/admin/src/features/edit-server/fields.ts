import type { EndpointCard, EndpointChange, ServerChange } from '@vpn-kiosk/shop'
import {
  hostName,
  panelUrl,
  readCapacity,
  readName,
  readPassword,
  readPort,
  readPrivateKey,
  readSeed,
  readSshUser,
  readToken,
  whole,
  word,
} from '../add-server/answers.ts'

/** What is said of a place, in the order of its buttons. */
export const serverFields = ['name', 'city', 'capacity', 'host', 'position'] as const
export type ServerField = (typeof serverFields)[number]

/** What is said of a way in. `username` is asked for together with the password. */
export const endpointFields = [
  'url',
  'login',
  'password',
  'token',
  'two-factor',
  'public-host',
  'ssh-host',
  'ssh-port',
  'ssh-user',
  'ssh-key',
  'ssh-password',
  'endpoint-host',
] as const
export type EndpointField = (typeof endpointFields)[number]

/** The buttons of a way in, by its driver. */
export function fieldsOf({ driver }: Pick<EndpointCard, 'driver'>): readonly EndpointField[] {
  if (driver === 'xui') return ['url', 'login', 'token', 'two-factor', 'public-host']
  if (driver === 'wireguard') return ['ssh-host', 'ssh-port', 'ssh-user', 'ssh-key', 'ssh-password', 'endpoint-host']
  return []
}

const secretFields: ReadonlySet<EndpointField> = new Set<EndpointField>([
  'password',
  'token',
  'two-factor',
  'ssh-key',
  'ssh-password',
])
export const isSecretField = (field: EndpointField): boolean => secretFields.has(field)

/** Of these an empty value makes sense: the button that takes it away sends this. */
export const canBeEmpty = (field: EndpointField): boolean => field === 'two-factor' || field === 'public-host'

/** The change that an answer means; null when it makes no sense there. The city is read elsewhere. */
export function readServerAnswer(field: Exclude<ServerField, 'city'>, text: string): ServerChange | null {
  const change = <V>(value: V | null, of: (value: V) => ServerChange) => (value === null ? null : of(value))
  switch (field) {
    case 'name':
      return change(readName(text), (name) => ({ name }))
    case 'capacity':
      return change(readCapacity(text), (capacity) => ({ capacity }))
    case 'host':
      return change(hostName(text), (host) => ({ host }))
    case 'position':
      return change(text === '0' ? 0 : whole(text, 1000), (position) => ({ position }))
    default:
      return field satisfies never
  }
}

/** A new credential takes the place of the old one; one-time codes stay with the password. */
export function readEndpointAnswer(field: EndpointField, text: string, username?: string): EndpointChange | null {
  const setting = (name: string, value: unknown) => (value === null ? null : { settings: { [name]: value } })
  const secrets = (value: string | null, of: (value: string) => Record<string, string | null>) =>
    value === null ? null : { secrets: of(value) }
  switch (field) {
    case 'url':
      return setting('url', panelUrl(text))
    case 'login':
      return setting('username', word(text))
    case 'password': {
      const change = secrets(readPassword(text), (password) => ({ password, token: null }))
      return change && username ? { ...change, settings: { username } } : change
    }
    case 'token':
      return secrets(readToken(text), (token) => ({ token, password: null, twoFactorSecret: null }))
    case 'two-factor':
      return secrets(readSeed(text), (twoFactorSecret) => ({ twoFactorSecret }))
    case 'public-host':
      return setting('publicHost', hostName(text))
    case 'ssh-host':
      return setting('host', hostName(text))
    case 'ssh-port':
      return setting('port', readPort(text))
    case 'ssh-user': {
      const user = readSshUser(text)
      return user && { settings: { ...user } }
    }
    case 'ssh-key':
      return secrets(readPrivateKey(text), (privateKey) => ({ privateKey, password: null, passphrase: null }))
    case 'ssh-password':
      return secrets(readPassword(text), (password) => ({ password, privateKey: null, passphrase: null }))
    case 'endpoint-host':
      return setting('endpointHost', hostName(text))
    default:
      return field satisfies never
  }
}

/** The change that takes a value away. */
export const emptyChange = (field: EndpointField): EndpointChange =>
  field === 'public-host' ? { settings: { publicHost: null } } : { secrets: { twoFactorSecret: null } }
