import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Call } from '../methods/method.ts'
import type { Params } from '../methods/params.ts'
import { findMethod } from '../methods/registry.ts'
import { peekChatId } from '../methods/target.ts'
import { BotApiError, type ErrorParameters } from '../world/bot-api-error.ts'
import type { Bot } from '../world/chat.ts'
import type { FaultEffect } from '../world/faults.ts'
import type { World } from '../world/world.ts'
import { strikeAfter, strikeBefore } from './faults.ts'
import { BodyTooLarge, type RequestBody, readRequestBody } from './read-request.ts'

interface Target {
  readonly token: string
  readonly method: string
  readonly query: string
}

/** Answers `/bot<token>/[test/]<method>`; false when the address is none of these. */
export async function handleBotRequest(
  world: World,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const target = readTarget(request.url ?? '')
  if (!target) return false
  const bot = world.bots.get(target.token)
  if (!bot) {
    request.resume()
    const isToken = /^\d+:/.test(target.token)
    if (isToken) sendError(response, 401, 'Unauthorized: invalid token specified')
    else sendError(response, 404, 'Not Found')
    return true
  }
  await answer(world, bot, target, request, response)
  return true
}

async function answer(
  world: World,
  bot: Bot,
  target: Target,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const method = findMethod(target.method)
  const name = method?.name ?? target.method
  const body = await readBody(request, response, target.query)
  if (!body) return
  const chat = peekChatId(body.params)
  const log = (status: number, error: string | null) =>
    world.calls.add({ method: name, bot: bot.user.username, chat, at: world.clock.now(), status, error })
  const fault = world.faults.take({ method: name, bot: bot.user.username, chat })
  try {
    if (fault && (await strikeBefore(fault, response, log))) return
    if (!method) throw new BotApiError(404, 'Not Found: method not found')
    const result = await method.run(createCall(world, bot, body, response))
    finish(response, fault, log, result)
  } catch (error) {
    refuse(response, fault, log, error)
  }
}

function finish(response: ServerResponse, fault: FaultEffect | null, log: Log, result: unknown): void {
  if (fault && strikeAfter(fault, response, log)) return
  log(200, null)
  send(response, 200, { ok: true, result })
}

type Log = (status: number, error: string | null) => void

function refuse(response: ServerResponse, fault: FaultEffect | null, log: Log, error: unknown): void {
  if (fault && strikeAfter(fault, response, log)) return
  const refusal = error instanceof BotApiError ? error : new BotApiError(500, `Internal Server Error: ${String(error)}`)
  log(refusal.code, refusal.message)
  sendError(response, refusal.code, refusal.message, refusal.parameters)
}

function createCall(world: World, bot: Bot, body: RequestBody, response: ServerResponse): Call {
  return {
    world,
    bot,
    params: body.params,
    files: body.files,
    // A response closes when it was sent or when the bot hung up; the request's own close comes too early to tell.
    onClose: (closed) => response.on('close', closed),
    invoke: (name, params) => invoke(world, bot, name, params, response),
  }
}

async function invoke(
  world: World,
  bot: Bot,
  name: string,
  params: Params,
  response: ServerResponse,
): Promise<unknown> {
  const method = findMethod(name)
  if (!method) throw new BotApiError(404, 'Not Found: method not found')
  return method.run(createCall(world, bot, { params, files: new Map() }, response))
}

async function readBody(
  request: IncomingMessage,
  response: ServerResponse,
  query: string,
): Promise<RequestBody | null> {
  try {
    return await readRequestBody(request, query)
  } catch (error) {
    if (error instanceof BodyTooLarge) sendError(response, 413, 'Request Entity Too Large')
    else sendError(response, 400, "Bad Request: can't parse request body")
    return null
  }
}

function readTarget(url: string): Target | null {
  if (!url.startsWith('/bot')) return null
  const queryAt = url.indexOf('?')
  const path = queryAt < 0 ? url : url.slice(0, queryAt)
  const slash = path.indexOf('/', 4)
  if (slash < 0) return null
  const rest = path.slice(slash + 1)
  return {
    token: path.slice(4, slash).replaceAll('%3A', ':'),
    method: rest.startsWith('test/') ? rest.slice(5) : rest,
    query: queryAt < 0 ? '' : url.slice(queryAt + 1),
  }
}

/** An error in Telegram's envelope; a flood wait also stands in the header. */
export function sendError(
  response: ServerResponse,
  code: number,
  description: string,
  parameters?: ErrorParameters,
): void {
  if (parameters?.retry_after !== undefined) response.setHeader('retry-after', parameters.retry_after)
  send(response, code, { ok: false, error_code: code, description, parameters })
}

function send(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed) return
  const json = JSON.stringify(body)
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) })
  response.end(json)
}
