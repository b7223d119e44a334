import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { projectDirectory } from '@vpn-kiosk/app'

export interface Ended {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface OperatorRun {
  readonly environment: Readonly<Record<string, string>>
  readonly stdin?: string
}

/** Halves the start of every run but the first. */
const compiled = join(tmpdir(), 'vpn-kiosk-test-compiled')

/** Runs `scripts/<name>.ts` as an operator without a terminal does. A developer's own .env is kept out. */
export async function runOperatorScript(
  name: string,
  parameters: readonly string[],
  { environment, stdin = '' }: OperatorRun,
): Promise<Ended> {
  const child = spawn(process.execPath, [join(projectDirectory, 'scripts', `${name}.ts`), ...parameters], {
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE: compiled, REDIS_URL: '', ...environment },
  })
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve))
  // A script that reads no stdin may have ended before it is written.
  child.stdin.on('error', () => undefined).end(stdin)
  const [stdout, stderr, status] = await Promise.all([text(child.stdout), text(child.stderr), closed])
  return { status, stdout, stderr }
}
