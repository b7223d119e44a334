import { z } from 'zod'
import { ApiError } from './api-error.ts'

const amountSchema = z.strictObject({ value: z.string().regex(/^\d{1,10}\.\d{2}$/), currency: z.literal('RUB') })

/** The body of `POST /payments`, as strict as the documents: sums are text with two decimals, metadata is text. */
export const newPaymentSchema = z.strictObject({
  amount: amountSchema.refine(({ value }) => !/^0+\./.test(value), 'less than one rouble'),
  capture: z.boolean().default(false),
  confirmation: z.strictObject({
    type: z.literal('redirect'),
    return_url: z.url().max(2048),
    locale: z.enum(['ru_RU', 'en_US']).optional(),
  }),
  description: z.string().max(128).default(''),
  metadata: z
    .record(z.string().max(32), z.string().max(512))
    .refine((entries) => Object.keys(entries).length <= 16, 'more than 16 keys')
    .default({}),
  save_payment_method: z.boolean().optional(),
  merchant_customer_id: z.string().max(200).optional(),
})

export const captureSchema = z.strictObject({ amount: amountSchema.optional() })

export const listSchema = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(10),
  cursor: z.coerce.number().int().min(0).default(0),
  status: z.enum(['pending', 'waiting_for_capture', 'succeeded', 'canceled']).optional(),
})

export function readRequest<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new ApiError(400, issue?.message ?? 'invalid request', issue?.path.join('.'))
}
