import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { Busboy } from '@fastify/busboy'
import type { UploadedFile } from '../methods/method.ts'
import type { Params } from '../methods/params.ts'

export interface RequestBody {
  readonly params: Params
  readonly files: ReadonlyMap<string, UploadedFile>
}

const bodyLimit = 64 * 1024 * 1024
const noFiles: ReadonlyMap<string, UploadedFile> = new Map()

export class BodyTooLarge extends Error {}

/** Reads what a bot sent, in any of Telegram's encodings: query, JSON, form, multipart. The query gives way to the body. */
export async function readRequestBody(request: IncomingMessage, query: string): Promise<RequestBody> {
  const type = request.headers['content-type'] ?? ''
  if (type.startsWith('multipart/form-data')) return readMultipart(request, type)
  const raw = await readBytes(request)
  const fromQuery = query === '' ? {} : Object.fromEntries(new URLSearchParams(query))
  if (raw.length === 0) return { params: fromQuery, files: noFiles }
  const text = raw.toString()
  if (type.startsWith('application/json')) return { params: { ...fromQuery, ...readObject(text) }, files: noFiles }
  return { params: { ...fromQuery, ...Object.fromEntries(new URLSearchParams(text)) }, files: noFiles }
}

/** The whole body, up to 64 MB. Events rather than an iterator: this runs once a call of every bot. */
export function readBytes(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > bodyLimit) reject(new BodyTooLarge())
      else chunks.push(chunk)
    })
    request.on('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)))
    request.on('error', reject)
  })
}

function readObject(text: string): Params {
  const value: unknown = JSON.parse(text)
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function readMultipart(request: IncomingMessage, contentType: string): Promise<RequestBody> {
  const params: Record<string, unknown> = {}
  const files = new Map<string, UploadedFile>()
  return new Promise((resolve, reject) => {
    const headers: IncomingHttpHeaders & { 'content-type': string } = {
      ...request.headers,
      'content-type': contentType,
    }
    // The parser decodes file names as Latin-1 unless told otherwise.
    const parser = new Busboy({ headers, defCharset: 'utf8', limits: { fileSize: bodyLimit } })
    parser.on('field', (name, value) => {
      params[name] = value
    })
    parser.on('file', (field, stream, name, _encoding, mimeType) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => files.set(field, { name: name || 'file', mimeType, bytes: Buffer.concat(chunks) }))
    })
    parser.on('finish', () => resolve({ params, files }))
    parser.on('error', reject)
    request.on('error', reject)
    request.pipe(parser)
  })
}
