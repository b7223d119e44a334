import { EndpointUnreachable } from '@vpn-kiosk/domain'
import { z } from 'zod'

/** Panels up to 3.0 send settings as a JSON string, later ones as an object. */
const nested = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => {
    if (typeof value !== 'string') return value ?? {}
    if (value === '') return {}
    try {
      return JSON.parse(value)
    } catch {
      return value
    }
  }, schema)

/** A client as the panel stores it. Fields that are not ours are carried along untouched. */
export interface WireClient extends Readonly<Record<string, unknown>> {
  readonly email: string
  readonly id?: string | undefined
}

const bytes = z.number().transform((value) => BigInt(Math.trunc(value)))

export const clientStatSchema = z.looseObject({
  email: z.string(),
  enable: z.boolean().default(true),
  up: bytes,
  down: bytes,
  /** Unix ms; 0 = never. Sent by 2.7 and later. */
  lastOnline: z.number().default(0),
})
export type ClientStat = z.infer<typeof clientStatSchema>

export const inboundSchema = z.looseObject({
  id: z.number(),
  remark: z.string().default(''),
  enable: z.boolean().default(true),
  listen: z.string().default(''),
  port: z.number(),
  protocol: z.string(),
  /** Unix ms; 0 = never. */
  expiryTime: z.number().default(0),
  /** Bytes for all its clients together; 0 = unlimited. */
  total: z.number().default(0),
  up: z.number().default(0),
  down: z.number().default(0),
  disableFlow: z.boolean().optional(),
  /** Tens of thousands of clients: each is looked at by `clientsOf` only when it is asked for. */
  settings: nested(z.looseObject({ clients: z.array(z.unknown()).nullish() })),
  streamSettings: nested(z.looseObject({ network: z.string().default('tcp'), security: z.string().default('none') })),
  clientStats: z.array(z.unknown()).nullish(),
  shareAddrStrategy: z.string().optional(),
  shareAddr: z.string().optional(),
})
export type WireInbound = z.infer<typeof inboundSchema>
/** An inbound that cannot be read is left out, as if it were not there: the others are served. */
export const inboundListSchema = z
  .array(z.unknown())
  .nullable()
  .transform((list) => (list ?? []).flatMap((item) => inboundSchema.safeParse(item).data ?? []))

/** The inbound's clients; of one that the panel stores without an email nothing can be said. */
export const clientsOf = (inbound: WireInbound): WireClient[] => (inbound.settings.clients ?? []).filter(isClient)

const isClient = (value: unknown): value is WireClient =>
  typeof value === 'object' && value !== null && 'email' in value && typeof value.email === 'string'

/** The inbound's counters, of those clients alone whose email is asked for. */
export function statsOf(inbound: WireInbound, isWanted: (email: string) => boolean): ClientStat[] {
  return (inbound.clientStats ?? []).flatMap((value) => {
    if (!isClient(value) || !isWanted(value.email)) return []
    return clientStatSchema.safeParse(value).data ?? []
  })
}

/** A row of the client table of 3.1 and later: the stored client (its UUID under `uuid`) and where it is attached. */
const clientRecordSchema = z.looseObject({
  email: z.string(),
  uuid: z.string().default(''),
  enable: z.boolean().default(false),
})
export type ClientRecord = z.infer<typeof clientRecordSchema>

export const clientDetailsSchema = z.looseObject({
  client: clientRecordSchema,
  inboundIds: z
    .array(z.number())
    .nullable()
    .transform((list) => list ?? []),
  /** Bytes, up and down together. Said by 3.3.1 and later. */
  usedTraffic: z.number().optional(),
})
export type ClientDetails = z.infer<typeof clientDetailsSchema>

const clientRowSchema = clientRecordSchema.extend({
  traffic: clientStatSchema.nullish(),
  /** Every version says null of a client that is on none. */
  inboundIds: z
    .array(z.number())
    .nullish()
    .transform((list) => (list === null ? [] : list)),
})
export type ClientRow = z.infer<typeof clientRowSchema>
export const clientRowsSchema = z
  .array(clientRowSchema)
  .nullable()
  .transform((list) => list ?? [])

export const serverStatusSchema = z.looseObject({
  /** 3.1 and later. */
  panelVersion: z.string().optional(),
  cpu: z.number().nullish(),
  mem: z.looseObject({ current: z.number(), total: z.number() }).nullish(),
  /** Of the core, in seconds since it was started. */
  appStats: z.looseObject({ uptime: z.number().default(0) }).nullish(),
  xray: z.looseObject({ state: z.string(), errorMsg: z.string().default(''), version: z.string().default('') }),
})
export type ServerStatus = z.infer<typeof serverStatusSchema>

export const emailsSchema = z
  .array(z.string())
  .nullable()
  .transform((list) => list ?? [])

/** Reads an answer's `obj`; one of another shape is not an answer that we can act on. */
export function readAs<T extends z.ZodType>(schema: T, value: unknown, what: string): z.infer<T> {
  const read = schema.safeParse(value)
  if (read.success) return read.data
  const field = read.error.issues[0]?.path.map(String).join('.') ?? ''
  throw new EndpointUnreachable(`the panel's ${what} has an unknown shape at "${field}"`, { code: 'answer_unknown' })
}
