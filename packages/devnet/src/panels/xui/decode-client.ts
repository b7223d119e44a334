import { z } from 'zod'
import { PanelSays, type SimClient } from './state.ts'

/** The panel decodes into typed fields: a text where a number belongs is an error, a missing field is its zero. */
const clientSchema = z.object({
  email: z.string().default(''),
  id: z.string().default(''),
  security: z.string().default(''),
  password: z.string().default(''),
  flow: z.string().default(''),
  auth: z.string().default(''),
  limitIp: z.int().default(0),
  totalGB: z.int().default(0),
  expiryTime: z.int().default(0),
  enable: z.boolean().default(false),
  tgId: z.int().default(0),
  subId: z.string().default(''),
  group: z.string().default(''),
  comment: z.string().default(''),
  reset: z.int().default(0),
  created_at: z.int().default(0),
  updated_at: z.int().default(0),
})

export function decodeClient(value: unknown): SimClient {
  const read = clientSchema.safeParse(value)
  if (read.success) return read.data
  const field = read.error.issues[0]?.path.map(String).join('.') ?? ''
  throw new PanelSays(`json: cannot unmarshal value into Go struct field Client.${field}`)
}
