/** Bytes that somebody uploaded once; messages and file ids refer to it. */
export interface StoredFile {
  /** Names the file inside the simulator and over the People API. */
  readonly key: string
  readonly bytes: Buffer
  readonly name: string
  readonly mimeType: string
  /** `photos/file_7.jpg`, the path of the download link. */
  readonly path: string
  /** What it was uploaded as: a photo's id can't be sent as a document. */
  readonly kind: string
}

export interface NewFile {
  readonly kind: string
  readonly bytes: Buffer
  readonly name: string
  readonly mimeType: string
}

/** Keeps uploaded files up to a number of bytes; the oldest go first. */
export class FileStore {
  readonly #files = new Map<string, StoredFile>()
  readonly #paths = new Map<string, StoredFile>()
  readonly #maxBytes: number
  #bytes = 0
  #count = 0

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes
  }

  add(file: NewFile): StoredFile {
    const key = String(++this.#count)
    const stored = { ...file, key, path: `${file.kind}s/file_${key}${extensionOf(file.name)}` }
    this.#files.set(key, stored)
    this.#paths.set(stored.path, stored)
    this.#bytes += file.bytes.length
    this.#forgetOldest(key)
    return stored
  }

  find(key: string): StoredFile | undefined {
    return this.#files.get(key)
  }

  findByPath(path: string): StoredFile | undefined {
    return this.#paths.get(path)
  }

  #forgetOldest(keepKey: string): void {
    for (const [key, file] of this.#files) {
      if (this.#bytes <= this.#maxBytes || key === keepKey) return
      this.#files.delete(key)
      this.#paths.delete(file.path)
      this.#bytes -= file.bytes.length
    }
  }
}

/** A file id belongs to one bot: another bot that is handed it reads "wrong file identifier". */
export function fileIdFor(botId: number, file: StoredFile, size = ''): string {
  return `AgAC${Buffer.from(`${botId}:${file.key}:${size}`).toString('base64url')}`
}

export const uniqueIdOf = (file: StoredFile, size = ''): string => `AQAD${file.key}${size}`

/** The key inside a file id of this bot, or null. */
export function readFileId(botId: number, fileId: string): string | null {
  if (!fileId.startsWith('AgAC')) return null
  const [owner, key] = Buffer.from(fileId.slice(4), 'base64url').toString().split(':')
  return owner === String(botId) && key ? key : null
}

function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot > 0 ? name.slice(dot).replace(/[^.\w]/g, '') : ''
}
