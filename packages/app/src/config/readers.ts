import { isIP } from 'node:net'
import { type RetentionTable, retentionTables } from '@vpn-kiosk/domain'
import { z } from 'zod'
import { earlierTables } from './earlier-tables.ts'

// One reader a kind of value. Each message continues a sentence that begins with the variable's name.

export const anyText = z.string()

/** What people can read in one line. */
export const shopName = z
  .string()
  .refine(
    (text) => [...text].length <= 32 && !/\p{C}/u.test(text),
    'is not a name in one line of at most 32 characters',
  )

/** Long enough that nobody finds it by trying. */
export const passphrase = z.string().refine((text) => [...text].length >= 12, 'is shorter than 12 characters')

export const botToken = z
  .string()
  .regex(/^\d{5,}:[A-Za-z0-9_-]{30,}$/, 'is not a bot token (digits, a colon, 35 characters, as BotFather wrote it)')

/** `EUR`, `USDT`, or `DO_NOT_CONVERT`. */
export const settlementCurrency = z
  .string()
  .regex(/^[A-Z0-9_]{2,20}$/, 'is not a currency in capital letters, such as EUR, or DO_NOT_CONVERT')

/** Coins of Crypto Pay, separated by commas. */
export const cryptobotAssets = listOf(
  (entry) => ['USDT', 'TON', 'BTC', 'ETH', 'LTC', 'BNB', 'TRX', 'USDC', 'JET'].includes(entry),
  'is not a list of coins among USDT, TON, BTC, ETH, LTC, BNB, TRX, USDC (JET on the test network), separated by commas',
)

/** An address without the slash at its end. */
export const webUrl = z
  .string()
  .refine(isUrlOf('http:', 'https:'), 'is not an address that begins with http:// or https://')
  .transform((url) => url.replace(/\/+$/, ''))

export const publicUrl = webUrl.refine(isPlainUrl, 'must be a plain address, without ?, # and a user name')

export const postgresUrl = z
  .string()
  .refine(isUrlOf('postgres:', 'postgresql:'), 'is not a Postgres address (it begins with postgresql://)')

export const redisUrl = z
  .string()
  .refine(isUrlOf('redis:', 'rediss:'), 'is not a Redis address (it begins with redis://)')

export const port = wholeNumber(0, 65_535, 'is not a port (0 to 65535)')

export const telegramId = wholeNumber(1, Number.MAX_SAFE_INTEGER, 'is not a Telegram id (a positive whole number)')

export const groupId = wholeNumber(
  -Number.MAX_SAFE_INTEGER,
  -1,
  'is not the id of a Telegram group (a negative whole number that begins with -100)',
)

export const days = wholeNumber(0, 3650, 'is not a number of days (0 to 3650)')

export const count = (least: number, most: number) =>
  wholeNumber(least, most, `is not a whole number from ${least} to ${most}`)

/** `notifications=90, activities=800`: days by table. */
export const retentionDays = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter((entry) => entry !== ''))
  .refine(
    (entries) => entries.every((entry) => /^([a-z_]+)=[1-9]\d{0,4}$/.test(entry) && isRetained(entry.split('=')[0])),
    `is not a list such as notifications=90, activities=800 (tables: ${retentionTables.join(', ')})`,
  )
  .transform((entries) => Object.fromEntries(entries.map((entry) => entry.split('='))))
  .transform((days) => mapDays(days))

const isRetained = (name = ''): boolean => name in earlierTables || retentionTables.some((table) => table === name)

const mapDays = (days: Readonly<Record<string, string>>): Partial<Record<RetentionTable, number>> =>
  Object.fromEntries(Object.entries(days).map(([table, text]) => [earlierTables[table] ?? table, Number(text)]))

export const timeZone = z.string().refine(isTimeZone, 'is not a known time zone (a name such as Europe/Moscow)')

/** 32 bytes, from base64. */
export const secretKey = z
  .string()
  .refine((text) => /^[A-Za-z0-9+/_-]+={0,2}$/.test(text), 'is not base64 text')
  .transform((text) => Buffer.from(text, 'base64'))
  .refine((bytes) => bytes.length === 32, 'does not hold 32 bytes in base64 (openssl rand -base64 32 makes one)')

/** Several of them, separated by commas. */
export const secretKeys = z
  .string()
  .transform((text) => text.split(/[\s,]+/).filter((entry) => entry !== ''))
  .refine(
    (entries) => entries.every((entry) => secretKey.safeParse(entry).success),
    'does not hold keys of 32 bytes in base64, separated by commas',
  )
  .transform((entries) => entries.map((entry) => Buffer.from(entry, 'base64')))

export const addressBlocks = listOf(isAddressBlock, 'is not a list of IP addresses or CIDR blocks, separated by commas')

/** Also the names that Fastify's proxy list understands. */
export const trustedProxies = listOf(
  (entry) => ['loopback', 'linklocal', 'uniquelocal'].includes(entry) || isAddressBlock(entry),
  'is not a list of IP addresses, CIDR blocks or the words loopback, linklocal, uniquelocal, separated by commas',
)

function wholeNumber(least: number, most: number, message: string) {
  return z
    .string()
    .regex(/^-?\d{1,16}$/, message)
    .transform(Number)
    .refine((value) => value >= least && value <= most, message)
}

function listOf(isValid: (entry: string) => boolean, message: string) {
  return z
    .string()
    .transform((text) => text.split(/[\s,]+/).filter((entry) => entry !== ''))
    .refine((entries) => entries.every(isValid), message)
}

function isUrlOf(...protocols: string[]): (text: string) => boolean {
  return (text) => URL.canParse(text) && protocols.includes(new URL(text).protocol) && new URL(text).hostname !== ''
}

function isPlainUrl(text: string): boolean {
  if (!URL.canParse(text)) return true
  const { search, hash, username, password } = new URL(text)
  return search + hash + username + password === ''
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

function isAddressBlock(entry: string): boolean {
  const [address = '', bits, ...rest] = entry.split('/')
  const version = isIP(address)
  if (version === 0 || rest.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
}
