import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import getPort from 'get-port'

/** The port used last time when it is free, else a free one, which is remembered: addresses survive restarts. */
export async function choosePort(directory: string): Promise<number> {
  const file = join(directory, 'port')
  const remembered = Number(await readFile(file, 'utf8').catch(() => ''))
  const port = await getPort({ host: '127.0.0.1', ...(remembered > 0 ? { port: remembered } : {}) })
  if (port !== remembered) await writeFile(file, `${port}\n`)
  return port
}
