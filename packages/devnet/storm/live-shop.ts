import { execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { cp, readFile, writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const project = resolve(import.meta.dirname, '../../..')

export const shopProcesses = ['client', 'support', 'admin', 'web', 'jobs'] as const
/** What of a live shop can be killed. */
type ShopPart = (typeof shopProcesses)[number] | 'postgres'

/** A copy of this project that runs as an operator runs it. */
export interface LiveShop {
  readonly directory: string
  /** `npm <command>` in it; rejects with its output when it fails. */
  npm(
    command: string,
    parameters?: readonly string[],
    input?: string,
  ): Promise<{ readonly output: string; readonly ms: number }>
  databaseUrl(): Promise<string>
  /** Ends its processes, and the one that looks after them. */
  close(): Promise<void>
  /** With -9; false while there is nothing to kill. */
  kill(part: ShopPart): Promise<boolean>
}

const leftBehind = new Set(['node_modules', '.data', '.git', '.env'])

/** Copies the project's own files into an empty folder and writes its `.env`. */
export async function copyShop(directory: string, environment: Readonly<Record<string, string>>): Promise<LiveShop> {
  await cp(project, directory, { recursive: true, filter: (path) => !leftBehind.has(basename(path)) })
  const lines = Object.entries({ SECRET_KEY: randomBytes(32).toString('base64'), ...environment })
  await writeFile(join(directory, '.env'), lines.map(([name, value]) => `${name}=${value}\n`).join(''), { mode: 0o600 })
  return {
    directory,
    npm: (command, parameters = [], input = '') => runNpm(directory, command, { parameters, input }),
    databaseUrl: async () => (await readFile(join(directory, '.data/postgres/url'), 'utf8')).trim(),
    close: async () => {
      await runNpm(directory, 'stop', { parameters: [], input: '' }).catch(() => undefined)
      await runPm2(directory, 'kill').catch(() => undefined)
    },
    kill: async (part) => {
      const pid = await readPid(directory, part)
      try {
        return pid !== null && process.kill(pid, 'SIGKILL')
      } catch {
        // It ended between the reading and the kill.
        return false
      }
    },
  }
}

interface Typed {
  readonly parameters: readonly string[]
  readonly input: string
}

function runNpm(directory: string, command: string, { parameters, input }: Typed) {
  const startedAt = performance.now()
  const child = spawn('npm', ['run', '--silent', command, '--', ...parameters], {
    cwd: directory,
    env: { ...bareEnvironment(), CI: 'true' },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  child.stdin.end(input)
  const pieces: Buffer[] = []
  child.stdout.on('data', (piece) => pieces.push(piece))
  child.stderr.on('data', (piece) => pieces.push(piece))
  return new Promise<{ output: string; ms: number }>((done, fail) => {
    child.on('error', fail)
    // Not 'close': PM2's own process keeps the pipes open.
    child.on('exit', (status) => {
      const output = Buffer.concat(pieces).toString()
      if (status === 0) done({ output, ms: performance.now() - startedAt })
      else fail(new Error(`npm run ${command} ended with ${status}:\n${output}`))
    })
  })
}

const runPm2 = (directory: string, ...words: string[]) =>
  run('node', [join(directory, 'node_modules/pm2/bin/pm2'), ...words], {
    env: { ...bareEnvironment(), PM2_HOME: join(directory, '.data/pm2'), PM2_DISCRETE_MODE: 'true' },
  })

async function readPid(directory: string, part: ShopPart): Promise<number | null> {
  try {
    if (part === 'postgres')
      return readNumber(await readFile(join(directory, '.data/postgres/data/postmaster.pid'), 'utf8'))
    return readNumber((await runPm2(directory, 'pid', part)).stdout)
  } catch {
    return null
  }
}

/** That of an operator's shell: without what an npm around us has put before the machine's own programs. */
function bareEnvironment(): { readonly PATH: string; readonly HOME: string } {
  const { PATH = '', HOME = '' } = process.env
  const isOfNpm = (folder: string) => /node_modules[/\\]/.test(`${folder}/`)
  return {
    PATH: PATH.split(':')
      .filter((folder) => !isOfNpm(folder))
      .join(':'),
    HOME,
  }
}

/** The first line, where it is the number of a process. */
function readNumber(text: string): number | null {
  const pid = Number.parseInt(text, 10)
  return pid > 1 ? pid : null
}
