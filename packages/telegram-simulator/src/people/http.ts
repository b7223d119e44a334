import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import { BodyTooLarge, readBytes } from '../http/read-request.ts'
import { BotApiError } from '../world/bot-api-error.ts'
import type { People } from './people.ts'
import { PeopleError } from './people-error.ts'
import { type Request, requests, type Verb } from './requests.ts'

export type PeopleHandler = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>

/** Answers `/people/…`; resolves to false, touching nothing, when the address is another's. Mountable under any node:http server. */
export function createPeopleHandler(people: People): PeopleHandler {
  return async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://people')
    const path = /^\/people\/(.+)$/.exec(url.pathname)?.[1]
    if (path === undefined) return false
    try {
      if (path.startsWith('files/')) sendFile(people, path.slice('files/'.length), response)
      else sendJson(response, 200, await run(people, readVerb(path), await readArguments(request, url)))
    } catch (error) {
      const { status, kind, message } = describe(error)
      sendJson(response, status, { error: { kind, message } })
    }
    return true
  }
}

function run<Name extends Verb>(people: People, verb: Name, body: unknown): unknown {
  const perform = people[verb] as (request: Request<Name>) => unknown
  return perform(requests[verb].parse(body) as Request<Name>)
}

/** `send-text` names `sendText`. */
function readVerb(path: string): Verb {
  const name = path.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
  if (!Object.hasOwn(requests, name)) throw new PeopleError('missing', `There is no verb ${path}`)
  return name as Verb
}

/** A JSON body, or for reading by hand a query string, in which whole numbers and booleans are taken as such. */
async function readArguments(request: IncomingMessage, url: URL): Promise<unknown> {
  if (request.method !== 'GET') {
    const raw = await readBytes(request)
    return raw.length === 0 ? {} : JSON.parse(raw.toString())
  }
  return Object.fromEntries([...url.searchParams].map(([name, value]) => [name, readQueryValue(value)]))
}

function readQueryValue(value: string): unknown {
  if (/^-?\d{1,15}$/.test(value)) return Number(value)
  return value === 'true' ? true : value === 'false' ? false : value
}

function sendFile(people: People, key: string, response: ServerResponse): void {
  const { bytes, mimeType } = people.getFile(key)
  response.writeHead(200, {
    'content-type': mimeType,
    'content-length': bytes.length,
    // What somebody uploaded is shown, never run.
    'content-security-policy': 'sandbox',
    'x-content-type-options': 'nosniff',
  })
  response.end(bytes)
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const json = JSON.stringify(body ?? {})
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) })
  response.end(json)
}

interface Failure {
  readonly status: number
  readonly kind: string
  readonly message: string
}

function describe(error: unknown): Failure {
  if (error instanceof PeopleError) {
    return { status: error.kind === 'missing' ? 404 : 409, kind: error.kind, message: error.message }
  }
  if (error instanceof z.ZodError) return { status: 400, kind: 'invalid', message: z.prettifyError(error) }
  if (error instanceof SyntaxError) return { status: 400, kind: 'invalid', message: 'The body is not JSON' }
  if (error instanceof BodyTooLarge) return { status: 413, kind: 'invalid', message: 'The body is larger than 64 MB' }
  if (error instanceof BotApiError) return { status: 409, kind: 'refused', message: error.message }
  return { status: 500, kind: 'failed', message: error instanceof Error ? error.message : String(error) }
}
