import { type EndpointConfig, EndpointRefused } from '@vpn-kiosk/domain'
import { z } from 'zod'

/** Ids arrive as numbers from a form, as `"1,4"` from a command line. */
const inboundIds = z.preprocess(
  (value) => (typeof value === 'string' ? value.split(',').map((part) => part.trim()) : value),
  z.array(z.coerce.number().int().positive()),
)

/** The panel's address with its secret base path: `https://host:2053/base/`, the slash at the end always there. */
const panelUrl = z.url({ protocol: /^https?$/ }).transform((text) => {
  const url = new URL(text)
  return `${url.origin}${url.pathname.replace(/\/?$/, '/')}`
})

const settingsSchema = z.object({
  url: panelUrl,
  /** Needed with a password, not with a token. */
  username: z.string().min(1).optional(),
  inboundIds: inboundIds.default([]),
  /** Found out by asking; set it only for a panel that hides its status. */
  generation: z.enum(['legacy', 'modern']).optional(),
  /** The host that customers connect to, where it is not the panel's own. */
  publicHost: z.string().min(1).optional(),
  timeoutMs: z.coerce.number().int().min(100).max(120_000).default(15_000),
})

const secretsSchema = z.object({
  password: z.string().min(1).optional(),
  /** An API token, made in the panel's settings (3.0 and later). Preferred over a password. */
  token: z.string().min(1).optional(),
  /** The base 32 seed of the panel's two-factor code. */
  twoFactorSecret: z.string().min(1).optional(),
})

export type XuiSettings = z.infer<typeof settingsSchema>
export type XuiSecrets = z.infer<typeof secretsSchema>
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
    throw new EndpointRefused('3X-UI needs a token, or a username and a password')
  }
  return { settings, secrets }
}

function readPart<T extends z.ZodType>(schema: T, value: unknown): z.infer<T> {
  const read = schema.safeParse(value)
  if (read.success) return read.data
  const fields = [...new Set(read.error.issues.map((issue) => issue.path[0] ?? 'settings'))]
  throw new EndpointRefused(`3X-UI settings are wrong: ${fields.map(String).join(', ')}`)
}
