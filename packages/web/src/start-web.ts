import { createWebServer } from './create-web-server.ts'
import { defaultLimits, type WebDeps, type WebLimits } from './web-deps.ts'

/** Answers under way may take this long after we are asked to stop. */
const drainMs = 5_000

export interface StartWebDeps extends WebDeps {
  readonly host: string
  /** 0 = any free one. */
  readonly port: number
}

export interface RunningWeb {
  /** Where it listens, e.g. `http://127.0.0.1:8080`. */
  readonly url: string
  /** Takes no more requests, lets those under way end, and cuts what takes longer than 5 s. */
  close(): Promise<void>
}

/** Listens; rejects with what to do when the port is taken or the address is not this machine's. */
export async function startWeb(deps: StartWebDeps, limits: WebLimits = defaultLimits): Promise<RunningWeb> {
  const server = await createWebServer(deps, limits)
  const url = await server.listen({ host: deps.host, port: deps.port }).catch((error: unknown) => {
    throw explainListening(deps, error)
  })
  return {
    url,
    close: async () => {
      const limit = setTimeout(() => server.server.closeAllConnections(), drainMs)
      await server.close()
      clearTimeout(limit)
    },
  }
}

function explainListening({ host, port }: StartWebDeps, cause: unknown): unknown {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  if (code === 'EADDRINUSE')
    return new Error(`Another program listens on ${host}:${port}: stop it, or choose another HTTP_PORT`, { cause })
  if (code === 'EACCES')
    return new Error(`This user may not listen on ${host}:${port}: choose an HTTP_PORT above 1023`, { cause })
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new Error('HTTP_HOST is not an address of this machine: 127.0.0.1 or 0.0.0.0 is usual', { cause })
  return cause
}
