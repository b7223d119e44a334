import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Clock } from './clock.ts'
import { handleBotRequest, sendError } from './http/bot-api.ts'
import { handleFileRequest } from './http/file-download.ts'
import { pageFolders } from './page-server/page-folders.ts'
import { serveFiles } from './page-server/serve-files.ts'
import type { BotInfo } from './people/gathering.ts'
import { createPeopleHandler, type PeopleHandler } from './people/http.ts'
import { createPeople, type People } from './people/people.ts'
import type { CallLog } from './world/call-log.ts'
import { defaultWorldOptions, type WorldOptions } from './world/options.ts'
import { type NewBot, World } from './world/world.ts'

export interface TelegramSimulatorOptions extends Partial<Omit<WorldOptions, 'clock'>> {
  readonly clock: Clock
  /** Default: any free one. */
  readonly port?: number
  /** Default 127.0.0.1. */
  readonly host?: string
}

export interface TelegramSimulator {
  /** `http://127.0.0.1:<port>`: what a bot takes as its API root. */
  readonly apiRoot: string
  readonly port: number
  readonly people: People
  /** What bots asked: counters, the newest calls, a listener. */
  readonly calls: CallLog
  /** Registers a bot; its id is the digits of its token. */
  addBot(bot: NewBot): BotInfo
  /** Answers the People API under another server: `/people/…` on the same origin as a page. */
  readonly handlePeopleRequest: PeopleHandler
  close(): Promise<void>
}

/** Starts a Telegram of our own: a Bot API server and the people who use it. Nothing leaves this process but webhooks. */
export async function startTelegramSimulator(options: TelegramSimulatorOptions): Promise<TelegramSimulator> {
  const { port = 0, host = '127.0.0.1', ...worldOptions } = options
  const world = new World({ ...defaultWorldOptions, ...worldOptions })
  const people = createPeople(world)
  const handlePeopleRequest = createPeopleHandler(people)
  const server = createServer((request, response) => {
    route(world, handlePeopleRequest, request, response).catch((error: unknown) => failRequest(response, error))
  })
  // Bots keep connections open between polls; closing an idle one under a request would look like a fault.
  server.keepAliveTimeout = 120_000
  const address = await listen(server, port, host)
  return {
    apiRoot: `http://${host}:${address.port}`,
    port: address.port,
    people,
    calls: world.calls,
    addBot: (bot) => people.createBot(bot),
    handlePeopleRequest,
    close: () => stop(world, server),
  }
}

/** The chat page, at `/`. */
const handlePageRequest = serveFiles(pageFolders, '/chat/index.html')

async function route(
  world: World,
  handlePeopleRequest: PeopleHandler,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (await handleBotRequest(world, request, response)) return
  if (handleFileRequest(world, request.url ?? '', response)) return
  if (await handlePeopleRequest(request, response)) return
  if (await handlePageRequest(request, response)) return
  sendError(response, 404, 'Not Found')
}

function failRequest(response: ServerResponse, error: unknown): void {
  if (response.headersSent) response.destroy()
  else sendError(response, 500, `Internal Server Error: ${String(error)}`)
}

function listen(server: Server, port: number, host: string): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      const address = server.address()
      if (address === null || typeof address === 'string') reject(new Error('The simulator needs a TCP port'))
      else resolve(address)
    })
  })
}

async function stop(world: World, server: Server): Promise<void> {
  for (const webhook of world.webhooks.values()) webhook.close()
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeAllConnections()
  await closed
}
