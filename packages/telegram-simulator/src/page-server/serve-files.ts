import { readdir, readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join } from 'node:path'
import { transformSync } from 'amaro'

/** Resolves to false, touching nothing, when the address is another's. */
export type FileHandler = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.ts': 'text/javascript; charset=utf-8',
  '.ftl': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/**
 * Serves folders by their prefix (`/chat/`), TypeScript with its types taken off, so that a page needs no build.
 * `<prefix>languages.json` lists the folders in a folder of locales. `/` is the file `root`.
 */
export function serveFiles(folders: Readonly<Record<string, string>>, root: string): FileHandler {
  const prefixes = Object.keys(folders).sort((a, b) => b.length - a.length)
  return async ({ method, url = '/' }, response) => {
    const { pathname } = new URL(url, 'http://page')
    if (method !== 'GET' && method !== 'HEAD') return false
    const path = pathname === '/' ? root : pathname
    const prefix = prefixes.find((one) => path.startsWith(one))
    if (prefix === undefined) return false
    const rest = path.slice(prefix.length)
    const folder = folders[prefix] ?? ''
    if (rest === 'languages.json') send(response, 'application/json', JSON.stringify(await listFolders(folder)))
    else await sendFile(response, folder, rest)
    return true
  }
}

/** No dots but those of the ending: a path cannot lead out of its folder. */
const isPlain = (path: string): boolean => /^(?:[\w-]+\/)*[\w-]+(?:\.[\w-]+)*$/.test(path) && extname(path) in types

async function sendFile(response: ServerResponse, folder: string, path: string): Promise<void> {
  const text = isPlain(path) ? await readFile(join(folder, path), 'utf8').catch(() => null) : null
  if (text === null) {
    response.writeHead(404, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ error: { kind: 'missing', message: `no ${path}` } }))
    return
  }
  const body = extname(path) === '.ts' ? transformSync(text, { mode: 'strip-only' }).code : text
  send(response, types[extname(path)] ?? '', body)
}

function send(response: ServerResponse, type: string, body: string): void {
  response.writeHead(200, { 'content-type': type, 'cache-control': 'no-cache' })
  response.end(body)
}

const listFolders = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name)
