import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import getPort from 'get-port'

const host = '127.0.0.1'

/** The port of the last start when it is free, otherwise a free one. It is kept, so addresses stay valid. */
export async function choosePort(directory: string): Promise<number> {
  const file = join(directory, 'port')
  const remembered = Number(await readFile(file, 'utf8').catch(() => ''))
  if (remembered > 0 && (await isFree(remembered))) return remembered
  const port = await getPort({ host })
  await writeFile(file, `${port}\n`)
  return port
}

/** Not `getPort`, which offers no port twice within half a minute: a database that restarts needs the same port. */
function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
  })
}
