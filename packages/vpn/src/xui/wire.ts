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
export const wireClientSchema = z.looseObject({ email: z.string().default(''), id: z.string().optional() })
export type WireClient = z.infer<typeof wireClientSchema>

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
  settings: nested(z.looseObject({ clients: z.array(wireClientSchema).nullish() })),
  streamSettings: nested(z.looseObject({ network: z.string().default('tcp'), security: z.string().default('none') })),
  clientStats: z.array(clientStatSchema).nullish(),
  shareAddrStrategy: z.string().optional(),
  shareAddr: z.string().optional(),
})
export type WireInbound = z.infer<typeof inboundSchema>
export const inboundListSchema = z
  .array(inboundSchema)
  .nullable()
  .transform((list) => list ?? [])

/** A row of the client table of 3.1 and later: the stored client (its UUID under `uuid`) and where it is attached. */
export const clientRecordSchema = z.looseObject({
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
  /** Bytes, up and down together. */
  usedTraffic: z.number().default(0),
})
export type ClientDetails = z.infer<typeof clientDetailsSchema>

export const clientRowsSchema = z
  .array(clientRecordSchema.extend({ traffic: clientStatSchema.nullish() }))
  .nullable()
  .transform((list) => list ?? [])

export const serverStatusSchema = z.looseObject({
  /** 3.1 and later. */
  panelVersion: z.string().optional(),
  cpu: z.number().nullish(),
  mem: z.looseObject({ current: z.number(), total: z.number() }).nullish(),
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
  throw new EndpointUnreachable(`the panel's ${what} has an unknown shape at "${field}"`)
}
