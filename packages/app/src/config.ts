import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { type Language, type ProcessName, processNames, type RetentionTable } from '@vpn-kiosk/domain'
import type { PaymentsConfig } from '@vpn-kiosk/payments'
import { type VaultKey, vaultKey } from '@vpn-kiosk/shop'
import { type Variables, variables } from './config/variables.ts'
import { ConfigError } from './config-error.ts'

/** All that the environment says, checked. `null` = the variable is not set. */
export interface Config {
  readonly telegram: {
    /** Where the Bot API answers, without a slash at its end. */
    readonly apiRoot: string
    readonly clientToken: string | null
    readonly supportToken: string | null
    readonly adminToken: string | null
    /** The forum supergroup of the support agents; negative. */
    readonly supportGroupId: number | null
    /** The person who may do everything before anyone else has a role. */
    readonly ownerId: number | null
  }
  readonly database: DatabaseConfig
  /** Most connections of one process to the database; null: as many as that process needs. */
  readonly databasePoolSize: number | null
  readonly redis: { readonly kind: 'memory' } | { readonly kind: 'url'; readonly url: string }
  /** 32 bytes that encrypt the secrets in the database. */
  readonly secretKey: Buffer | null
  /** Keys of before: they open what they sealed until `npm run rotate-key` has sealed it anew. */
  readonly oldSecretKeys: readonly Buffer[]
  readonly http: {
    readonly host: string
    /** 0 = any free one. */
    readonly port: number
    /** Where customers and providers reach `web`, without a slash at its end. */
    readonly publicUrl: string | null
    /** For Fastify's `trustProxy`. */
    readonly trustedProxies: readonly string[]
  }
  readonly payments: PaymentsConfig
  readonly shop: {
    /** What the shop is called until an admin gives it a name. */
    readonly shopName: string
    readonly defaultLanguage: Language
    /** IANA name; people see this zone, the database UTC. */
    readonly timeZone: string
    readonly trialDays: number
    readonly referralBonusDays: number
  }
  readonly log: {
    readonly level: Variables['LOG_LEVEL']
    /** Null: standard output. */
    readonly file: { readonly path: string; readonly maxBytes: number; readonly keep: number } | null
  }
  /** What differs from the table of `retention` in `domain`. */
  readonly retentionDays: Readonly<Partial<Record<RetentionTable, number>>>
  /** Encrypts backups; null: they are plain. */
  readonly backupPassphrase: string | null
  /** Absolute paths. */
  readonly directories: { readonly data: string; readonly backups: string }
}

export type DatabaseConfig =
  | { readonly kind: 'url'; readonly url: string }
  /** Served by the process `database` from this folder. */
  | { readonly kind: 'embedded'; readonly directory: string }

export type Environment = Readonly<Record<string, string | undefined>>

/** The folder of the whole project: relative paths and `.env` mean the same from wherever a process is started. */
export const projectDirectory = resolve(import.meta.dirname, '../../..')

/** Reads `.env` and the environment of this process, which wins. Throws ConfigError when the file cannot be read. */
export function loadEnvironment(file = join(projectDirectory, '.env')): Environment {
  return { ...readEnvironmentFile(file), ...process.env }
}

/** Checks the variables and gives them their shape. Throws ConfigError: one sentence for each variable that is wrong. */
export function readConfig(environment: Environment): Config {
  const filled = Object.entries(environment).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()]] : []))
  const read = variables.safeParse(Object.fromEntries(filled))
  if (read.success) return shape(read.data)
  const sentences = new Map(read.error.issues.map(({ path, message }) => [path[0], `${String(path[0])} ${message}.`]))
  throw new ConfigError([...sentences.values()].join('\n'))
}

/** Most connections of a process to the database where no setting says otherwise; they are opened as they are needed. */
export const defaultPoolSize = 6

/** The processes that a shop with this configuration cannot do without. */
export function requiredProcesses({ telegram }: Config): ProcessName[] {
  const bots = { client: telegram.clientToken, support: telegram.supportToken, admin: telegram.adminToken } as const
  return processNames.filter((name) => name === 'web' || name === 'jobs' || bots[name] !== null)
}

/** The token of the client bot; throws ConfigError when it is not set. */
export const requireClientBot = (config: Config): string => need('CLIENT_BOT_TOKEN', config.telegram.clientToken)

/** The token of the support bot; throws ConfigError when it is not set. */
export const requireSupportBot = (config: Config): string => need('SUPPORT_BOT_TOKEN', config.telegram.supportToken)

/** The token of the admin bot; throws ConfigError when it is not set. */
export const requireAdminBot = (config: Config): string => need('ADMIN_BOT_TOKEN', config.telegram.adminToken)

/** The group of the support agents; throws ConfigError when it is not set. */
export const requireSupportGroup = (config: Config): number => need('SUPPORT_GROUP_ID', config.telegram.supportGroupId)

/** The key that encrypts secrets, then those that may still open them; throws ConfigError when there is none. */
export function requireSecretKeys(config: Config): [VaultKey, ...VaultKey[]] {
  return [vaultKey(need('SECRET_KEY', config.secretKey)), ...config.oldSecretKeys.map(vaultKey)]
}

function need<T>(name: string, value: T | null): T {
  if (value === null) throw new ConfigError(`${name} is not set: add it to .env (see .env.example).`)
  return value
}

function readEnvironmentFile(file: string): Environment {
  const text = readTextFile(file)
  if (/\0|^\uFFFD\uFFFD/.test(text)) throw new ConfigError(`${file} is not plain text (UTF-16?): save it as UTF-8.`)
  return parseEnv(text.replace(/^\uFEFF/, ''))
}

function readTextFile(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return ''
    throw new ConfigError(`${file} cannot be read: check its owner and mode.`, { cause })
  }
}

function shape(values: Variables): Config {
  const data = resolve(projectDirectory, values.DATA_DIRECTORY)
  return {
    telegram: {
      apiRoot: values.TELEGRAM_API_ROOT,
      clientToken: values.CLIENT_BOT_TOKEN ?? null,
      supportToken: values.SUPPORT_BOT_TOKEN ?? null,
      adminToken: values.ADMIN_BOT_TOKEN ?? null,
      supportGroupId: values.SUPPORT_GROUP_ID ?? null,
      ownerId: values.OWNER_TELEGRAM_ID ?? null,
    },
    database: values.DATABASE_URL
      ? { kind: 'url', url: values.DATABASE_URL }
      : { kind: 'embedded', directory: join(data, 'postgres') },
    databasePoolSize: values.DATABASE_POOL_SIZE ?? null,
    redis: values.REDIS_URL ? { kind: 'url', url: values.REDIS_URL } : { kind: 'memory' },
    secretKey: values.SECRET_KEY ?? null,
    oldSecretKeys: values.SECRET_KEY_OLD,
    http: {
      host: values.HTTP_HOST,
      port: values.HTTP_PORT,
      publicUrl: values.PUBLIC_URL ?? null,
      trustedProxies: values.TRUSTED_PROXIES,
    },
    payments: shapePayments(values),
    shop: {
      shopName: values.SHOP_NAME,
      defaultLanguage: values.DEFAULT_LANGUAGE,
      timeZone: values.TIME_ZONE,
      trialDays: values.TRIAL_DAYS,
      referralBonusDays: values.REFERRAL_BONUS_DAYS,
    },
    log: {
      level: values.LOG_LEVEL,
      file: values.LOG_FILE
        ? {
            path: resolve(projectDirectory, values.LOG_FILE),
            maxBytes: values.LOG_FILE_MEGABYTES * 1_000_000,
            keep: values.LOG_FILES_KEPT,
          }
        : null,
    },
    retentionDays: values.RETENTION_DAYS,
    backupPassphrase: values.BACKUP_PASSPHRASE ?? null,
    directories: { data, backups: resolve(projectDirectory, values.BACKUP_DIRECTORY ?? join(data, 'backups')) },
  }
}

function shapePayments(values: Variables): PaymentsConfig {
  const { YOOKASSA_SHOP_ID: shopId, YOOKASSA_SECRET_KEY: secretKey, CRYPTOBOT_TOKEN: token } = values
  const { COINGATE_TOKEN: coingateToken, PUBLIC_URL: publicUrl } = values
  const { HELEKET_MERCHANT: merchant, HELEKET_API_KEY: apiKey } = values
  const { TEST_PAY_API_URL: testUrl, TEST_PAY_SECRET: secret } = values
  return {
    yookassa:
      shopId && secretKey
        ? {
            shopId,
            secretKey,
            apiUrl: values.YOOKASSA_API_URL,
            allowedIps: values.YOOKASSA_ALLOWED_IPS,
            receipts: {
              vatCode: values.YOOKASSA_VAT_CODE,
              taxSystem: values.YOOKASSA_TAX_SYSTEM ?? null,
              paymentSubject: values.YOOKASSA_PAYMENT_SUBJECT,
              paymentMode: values.YOOKASSA_PAYMENT_MODE,
            },
          }
        : undefined,
    cryptobot: token
      ? {
          token,
          apiUrl: values.CRYPTOBOT_API_URL,
          isTestnet: values.CRYPTOBOT_TESTNET === 'yes',
          assets: values.CRYPTOBOT_ASSETS,
        }
      : undefined,
    wata: values.WATA_TOKEN ? { token: values.WATA_TOKEN, apiUrl: values.WATA_API_URL } : undefined,
    coingate:
      coingateToken && publicUrl
        ? {
            token: coingateToken,
            publicUrl,
            apiUrl: values.COINGATE_API_URL,
            isSandbox: values.COINGATE_SANDBOX === 'yes',
            receiveCurrency: values.COINGATE_RECEIVE_CURRENCY,
          }
        : undefined,
    heleket:
      merchant && apiKey && publicUrl ? { merchant, apiKey, publicUrl, apiUrl: values.HELEKET_API_URL } : undefined,
    stars:
      values.STARS === 'on' && values.CLIENT_BOT_TOKEN
        ? { token: values.CLIENT_BOT_TOKEN, apiUrl: values.TELEGRAM_API_ROOT }
        : undefined,
    test: testUrl && secret ? { apiUrl: testUrl, secret } : undefined,
  }
}
