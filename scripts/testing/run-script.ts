import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

export interface Ended {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A compile cache: every run but the first starts in half the time. */
const compiled = join(tmpdir(), 'vpn-kiosk-test-compiled')

/** Empties variables that a developer's own .env may set; an empty value counts as absent. */
const nothing = {
  CLIENT_BOT_TOKEN: '',
  SUPPORT_BOT_TOKEN: '',
  ADMIN_BOT_TOKEN: '',
  SUPPORT_GROUP_ID: '',
  OWNER_TELEGRAM_ID: '',
  TELEGRAM_API_ROOT: 'http://127.0.0.1:1',
  DATABASE_URL: '',
  REDIS_URL: '',
  SECRET_KEY: '',
  SECRET_KEY_OLD: '',
  PUBLIC_URL: '',
  YOOKASSA_SHOP_ID: '',
  YOOKASSA_SECRET_KEY: '',
  CRYPTOBOT_TOKEN: '',
  COINGATE_TOKEN: '',
  HELEKET_MERCHANT: '',
  HELEKET_API_KEY: '',
  TEST_PAY_API_URL: '',
  TEST_PAY_SECRET: '',
}

/** Runs `scripts/<name>.ts` as an operator without a terminal would. The script gets only the given environment. */
export async function runScript(
  name: string,
  parameters: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const file = fileURLToPath(new URL(`../${name}.ts`, import.meta.url))
  const child = spawn(process.execPath, [file, ...parameters], {
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: compiled, ...nothing, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve))
  const [stdout, stderr, status] = await Promise.all([text(child.stdout), text(child.stderr), closed])
  return { status, stdout, stderr }
}
