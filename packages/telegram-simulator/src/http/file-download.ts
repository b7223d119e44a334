import type { ServerResponse } from 'node:http'
import type { World } from '../world/world.ts'
import { sendError } from './bot-api.ts'

/** Answers `/file/bot<token>/<path>`; false when the address is none of these. */
export function handleFileRequest(world: World, url: string, response: ServerResponse): boolean {
  const match = /^\/file\/bot([^/]+)\/(?:test\/)?([^?]+)/.exec(url)
  if (!match) return false
  const [, token, path] = match
  const file = world.bots.has(token!.replaceAll('%3A', ':')) ? world.files.findByPath(path!) : undefined
  if (!file) {
    sendError(response, 404, 'Not Found')
    return true
  }
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': file.bytes.length })
  response.end(file.bytes)
  return true
}
