import { type EndpointConfig, EndpointRefused } from '@vpn-kiosk/domain'
import ipaddr from 'ipaddr.js'
import { z } from 'zod'
import { isDialable } from '../dialable-host.ts'
import { firstHost, isDeviceAddress } from './address-pool.ts'
import { fieldForms } from './host-protocol.ts'
import { loadSsh } from './ssh-link.ts'

const port = z.coerce.number().int().min(1).max(65535)
const hostName = z
  .string()
  .trim()
  .max(253)
  .refine(
    (text) => ipaddr.isValid(text) || /^[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?(\.[a-zA-Z0-9-]+)*\.?$/.test(text),
    {
      error: 'must be a host name or an IP address',
    },
  )
const ipv4 = z.string().refine((text) => ipaddr.IPv4.isValidFourPartDecimal(text), { error: 'must be an IPv4 address' })
const subnet = z
  .string()
  .regex(/^\d+(\.\d+){3}\/(8|9|1\d|2\d|30)$/, { error: 'must be like 10.8.0.0/16, from /8 to /30' })
  .refine((text) => ipaddr.IPv4.isValidCIDRFourPartDecimal(text), { error: 'must be like 10.8.0.0/16' })
  .transform((text) => `${ipaddr.IPv4.networkAddressFromCIDR(text)}/${text.split('/')[1]}`)

/** How the server is reached over SSH: enough to look around. */
const reachShape = {
  host: hostName,
  port: port.default(22),
  username: z
    .string()
    .regex(/^[a-z_][a-z0-9_-]{0,31}$/, { error: 'must be a Unix user name' })
    .default('root'),
  hostKey: z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/, { error: 'must be like SHA256: and 43 characters' }),
  interface: z.string().regex(fieldForms.interface, { error: 'must be an interface name, e.g. wg0' }).default('wg0'),
  configPath: z.string().regex(fieldForms.config, { error: 'must be an absolute path' }).optional(),
  /** Run through `sudo -n`, for a login that is not root. */
  sudo: z.boolean().default(false),
}

/** What a customer's configuration says. */
const tunnelShape = {
  endpointHost: hostName,
  /** A shop inside one network may give out private addresses. */
  allowPrivateHost: z.union([z.boolean(), z.stringbool()]).optional(),
  endpointPort: port,
  serverPublicKey: z.string().regex(fieldForms['public-key'], { error: 'must be a WireGuard key' }),
  subnet,
  /** The server's own address in the subnet; its first one unless said otherwise. */
  serverAddress: ipv4.optional(),
  dns: z
    .array(z.string().refine((text) => ipaddr.isValid(text), { error: 'must be IP addresses' }))
    .max(4)
    .default(['1.1.1.1']),
  mtu: z.number().int().min(576).max(1500).default(1280),
}

const reachSchema = z.object({ ...reachShape, hostKey: reachShape.hostKey.optional() })
const settingsSchema = z.object({ ...reachShape, ...tunnelShape }).transform((settings, context) => {
  const serverAddress = settings.serverAddress ?? firstHost(settings.subnet)
  if (!isDeviceAddress(serverAddress, settings.subnet, '0.0.0.0'))
    context.addIssue({ code: 'custom', path: ['serverAddress'], message: 'must be an address of the subnet' })
  return { ...settings, serverAddress, configPath: settings.configPath ?? configPathOf(settings.interface) }
})

const secretsSchema = z
  .object({ privateKey: z.string().min(1), password: z.string().min(1), passphrase: z.string().min(1) })
  .partial()
  .superRefine((secrets, context) => {
    if (secrets.privateKey === undefined && secrets.password === undefined)
      context.addIssue({ code: 'custom', path: ['privateKey'], message: 'or password is needed' })
    if (
      secrets.privateKey !== undefined &&
      loadSsh().utils.parseKey(secrets.privateKey, secrets.passphrase) instanceof Error
    )
      context.addIssue({
        code: 'custom',
        path: ['privateKey'],
        message: 'must be an OpenSSH or PEM private key, with its passphrase if it has one',
      })
  })

export type WireguardReach = z.output<typeof reachSchema> & { readonly configPath: string }
export type WireguardSettings = z.output<typeof settingsSchema>
export type WireguardSecrets = z.output<typeof secretsSchema>

const configPathOf = (interfaceName: string): string => `/etc/wireguard/${interfaceName}.conf`

/** Checks what came from outside. Throws `EndpointRefused` naming the field; no value is repeated. */
function check<Out>(schema: z.ZodType<Out>, value: unknown): Out {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const field = issue?.path.join('.') || 'settings'
  throw new EndpointRefused(`WireGuard: ${field} ${issue?.message ?? 'is malformed'}.`, {
    code: 'settings_invalid',
    field,
  })
}

/** Refuses a host that customers cannot dial. Of what was saved before, only what is new is refused. */
export function assertDialable({ endpointHost, allowPrivateHost }: WireguardSettings): void {
  if (allowPrivateHost === true || isDialable(endpointHost)) return
  throw new EndpointRefused('WireGuard: endpointHost must be a host that customers can dial.', {
    code: 'settings_invalid',
    field: 'endpointHost',
  })
}

export const readSettings = (config: EndpointConfig): WireguardSettings => check(settingsSchema, config.settings)
export const readSecrets = (config: EndpointConfig): WireguardSecrets => check(secretsSchema, config.secrets)

/** What a first look needs: where the server is, and the host key once it is confirmed. */
export function readReach(config: EndpointConfig): WireguardReach {
  const reach = check(reachSchema, config.settings)
  return { ...reach, configPath: reach.configPath ?? configPathOf(reach.interface) }
}
