import { createServer } from 'node:net'

const tries = 50

/** The first free port from `from` on. Throws when fifty in a row are taken. */
export async function findPort(host: string, from: number): Promise<number> {
  for (let port = from; port < from + tries && port <= 65_535; port++) if (await isFree(host, port)) return port
  throw new Error(`Ports ${from}–${from + tries - 1} are all taken: name another with --port`)
}

function isFree(host: string, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' || error.code === 'EACCES' ? resolve(false) : reject(error),
    )
    server.listen({ host, port }, () => server.close(() => resolve(true)))
  })
}
