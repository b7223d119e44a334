import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'

/** The port used last time when it is free, else a free one, which is remembered: addresses survive restarts. */
export async function choosePort(directory: string): Promise<number> {
  const file = join(directory, 'port')
  const remembered = Number(await readFile(file, 'utf8').catch(() => ''))
  if (remembered > 0 && (await tryListen(remembered)) === remembered) return remembered
  const free = await tryListen(0)
  if (free === null) throw new Error('No free port on 127.0.0.1 for the embedded Postgres')
  await writeFile(file, `${free}\n`)
  return free
}

async function tryListen(port: number): Promise<number | null> {
  const server = createServer()
  server.listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch {
    return null
  }
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : null
}
