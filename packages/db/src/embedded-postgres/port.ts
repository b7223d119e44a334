import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import getPort from 'get-port'

const host = '127.0.0.1'

/** The port used last time when it is free, else a free one, which is remembered: addresses survive restarts. */
export async function choosePort(directory: string): Promise<number> {
  const file = join(directory, 'port')
  const remembered = Number(await readFile(file, 'utf8').catch(() => ''))
  if (remembered > 0 && (await isFree(remembered))) return remembered
  const port = await getPort({ host })
  await writeFile(file, `${port}\n`)
  return port
}

/** `getPort` gives no port twice within half a minute; a database that restarts wants just that. */
function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
  })
}
