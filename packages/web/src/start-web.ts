import { createWebServer } from './create-web-server.ts'
import { defaultLimits, type WebDeps, type WebLimits } from './web-deps.ts'

/** Answers under way may take this long after we are asked to stop. */
const DRAIN_MS = 5_000

export interface StartWebDeps extends WebDeps {
  readonly host: string
  /** 0 = any free one. */
  readonly port: number
}

export interface RunningWeb {
  /** Where it listens, e.g. `http://127.0.0.1:8080`. */
  readonly url: string
  /** Takes no more requests, lets those under way end, and cuts what takes longer than 5 s. */
  stop(): Promise<void>
}

/** Listens; rejects when the port is taken. */
export async function startWeb(deps: StartWebDeps, limits: WebLimits = defaultLimits): Promise<RunningWeb> {
  const server = await createWebServer(deps, limits)
  const url = await server.listen({ host: deps.host, port: deps.port })
  return {
    url,
    stop: async () => {
      const limit = setTimeout(() => server.server.closeAllConnections(), DRAIN_MS)
      await server.close()
      clearTimeout(limit)
    },
  }
}
