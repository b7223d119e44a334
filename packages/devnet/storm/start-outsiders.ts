import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdir, readdir, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import getPort from 'get-port'

const run = promisify(execFile)

/** Something outside the shop that runs as a process of its own, and may be killed and started again. */
export interface Outsider {
  readonly name: string
  kill(): Promise<void>
  start(): Promise<void>
  /** For good. */
  close(): Promise<void>
}

/** A Redis without a memory of its own; null where there is no such program. */
export async function startRedis(): Promise<(Outsider & { readonly url: string }) | null> {
  const port = await getPort()
  const redis = createOutsider('redis', () =>
    spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], {
      stdio: 'ignore',
    }),
  )
  return (await redis.start().then(
    () => true,
    () => false,
  ))
    ? { ...redis, url: `redis://127.0.0.1:${port}` }
    : null
}

export interface RealPanel extends Outsider {
  readonly url: string
  readonly username: string
  readonly password: string
}

/** A real 3X-UI in `directory`, its database there too. */
export async function startXui(binary: string, directory: string): Promise<RealPanel> {
  const port = await getPort()
  const bin = await linkBin(join(dirname(binary), 'bin'), join(directory, 'bin'))
  const env = {
    ...process.env,
    XUI_DB_FOLDER: directory,
    XUI_LOG_FOLDER: directory,
    XUI_BIN_FOLDER: bin,
  }
  const login = { username: 'storm', password: 'storm-storm' }
  await run(
    binary,
    [
      'setting',
      '-username',
      login.username,
      '-password',
      login.password,
      '-port',
      String(port),
      '-webBasePath',
      '/storm/',
    ],
    { cwd: directory, env },
  )
  // A group of its own: whatever ends the panel on a real machine ends the core that it has started as well.
  const panel = createOutsider(
    'panel',
    () => spawn(binary, ['run'], { cwd: directory, env, stdio: 'ignore', detached: true }),
    true,
  )
  await panel.start()
  const url = `http://127.0.0.1:${port}/storm/`
  for (let tries = 0; tries < 100; tries++) {
    if (
      await fetch(url).then(
        () => true,
        () => false,
      )
    )
      return { ...panel, url, ...login }
    await pause(200)
  }
  throw new Error('the panel does not answer')
}

/** A folder of its own for what the panel writes beside its core. */
async function linkBin(from: string, to: string): Promise<string> {
  await mkdir(to, { recursive: true })
  for (const name of await readdir(from)) if (name !== 'config.json') await symlink(join(from, name), join(to, name))
  return to
}

function createOutsider(name: string, begin: () => ChildProcess, isGroup = false): Outsider {
  let child: ChildProcess | null = null
  const end = async (signal: NodeJS.Signals) => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((resolve) => child?.once('exit', resolve))
    if (isGroup) process.kill(-child.pid!, signal)
    else child.kill(signal)
    await gone
  }
  return {
    name,
    start: async () => {
      const begun = begin()
      child = begun
      await new Promise((resolve, reject) => begun.once('spawn', resolve).once('error', reject))
    },
    kill: () => end('SIGKILL'),
    close: () => end('SIGKILL'),
  }
}
