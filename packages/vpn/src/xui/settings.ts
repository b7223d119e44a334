import { type EndpointConfig, EndpointRefused } from '@vpn-kiosk/domain'
import { z } from 'zod'
import { bareHost, isHost } from '../dialable-host.ts'
import { isSeed } from './one-time-code.ts'

/** Ids arrive as numbers from a form, as `"1,4"` from a command line. */
const inboundIds = z.preprocess(
  (value) => (typeof value === 'string' ? value.split(',').map((part) => part.trim()) : value),
  z.array(z.coerce.number().int().positive()).transform((ids) => [...new Set(ids)]),
)

/** What people copy from the address bar along with the base path: the panel's own pages. */
const ownPages = /\/(panel(\/.*)?|login|csrf-token|xui(\/.*)?)$/

/** The panel's address with its secret base path: `https://host:2053/base/`, the slash at the end always there. */
const panelUrl = z
  .string()
  .trim()
  .pipe(z.url({ protocol: /^https?$/ }))
  .transform((text) => {
    const url = new URL(text)
    const path = url.pathname.replace(/\/{2,}/g, '/').replace(/\/$/, '')
    return `${url.origin}${path.replace(ownPages, '')}/`
  })

/** `true` from a form, `"true"` or `"no"` from a command line. */
const flag = z.union([z.boolean(), z.stringbool()])

/** SHA-256 of a certificate as browsers and openssl show it, with or without colons. */
const fingerprint = z
  .string()
  .transform((text) =>
    text
      .replace(/^sha-?256[:=\s]*/i, '')
      .replace(/[:\s]/g, '')
      .toLowerCase(),
  )
  .pipe(z.string().regex(/^[0-9a-f]{64}$/))

const settingsSchema = z.object({
  url: panelUrl,
  /** Needed with a password, not with a token. */
  username: z.string().min(1).optional(),
  inboundIds: inboundIds.default([]),
  /** Found out by asking; set it only for a panel that hides its status. */
  generation: z.enum(['legacy', 'modern']).optional(),
  /** The host that customers connect to, where it is not the panel's own. */
  publicHost: z.string().transform(bareHost).refine(isHost).optional(),
  /** A shop inside one network may give out private addresses. */
  allowPrivateHost: flag.optional(),
  /** The one certificate that is trusted, for a panel whose certificate nobody vouches for. */
  pinnedCertificate: fingerprint.optional(),
  /** Whether the core may be restarted to end open connections of accounts that were cut; everybody reconnects. */
  restartsToDrop: flag.default(true),
  timeoutMs: z.coerce.number().int().min(100).max(120_000).default(15_000),
})

const secretsSchema = z.object({
  password: z.string().min(1).optional(),
  /** An API token, made in the panel's settings (3.0 and later). Preferred over a password. */
  token: z.string().trim().min(1).optional(),
  /** The base 32 seed of the panel's two-factor code. */
  twoFactorSecret: z.string().min(1).refine(isSeed).optional(),
})

export type XuiSettings = z.infer<typeof settingsSchema>
type XuiSecrets = z.infer<typeof secretsSchema>
export interface XuiConfig {
  readonly settings: XuiSettings
  readonly secrets: XuiSecrets
}
export type Generation = 'legacy' | 'modern'

/** Checks what came from outside; throws `EndpointRefused` naming the field, never its value. */
export function readXuiConfig(config: EndpointConfig): XuiConfig {
  const settings = readPart(settingsSchema, config.settings)
  const secrets = readPart(secretsSchema, config.secrets)
  if (secrets.token === undefined && (secrets.password === undefined || settings.username === undefined)) {
    const field = secrets.password === undefined ? 'password' : 'username'
    throw new EndpointRefused('3X-UI needs a token, or a username and a password', { code: 'settings_invalid', field })
  }
  return { settings, secrets }
}

function readPart<T extends z.ZodType>(schema: T, value: unknown): z.infer<T> {
  const read = schema.safeParse(value)
  if (read.success) return read.data
  const fields = [...new Set(read.error.issues.map((issue) => String(issue.path[0] ?? 'settings')))]
  throw new EndpointRefused(`3X-UI settings are wrong: ${fields.join(', ')}`, {
    code: 'settings_invalid',
    field: fields[0] ?? 'settings',
  })
}
