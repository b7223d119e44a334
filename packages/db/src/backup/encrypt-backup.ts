import { createCipheriv, createDecipheriv, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { promisify } from 'node:util'
import { RestoreRefused } from './restore-refused.ts'

/** The first line of an encrypted backup. Frames follow it, and nothing else. */
interface CipherHeader {
  readonly format: 'vpn-kiosk-encrypted-backup'
  readonly version: 1
  readonly cipher: 'aes-256-gcm'
  readonly kdf: { readonly name: 'scrypt'; readonly cost: number; readonly salt: string }
  /** Tells a wrong passphrase from a damaged file: only the right key verifies it. */
  readonly check: string
}

const derive = promisify<string, Buffer, number, object, Buffer>(scrypt)
const cost = 2 ** 15
/** The highest cost that is accepted from a header: a forged header could otherwise keep the machine busy. */
const mostCost = 2 ** 18
const frameBytes = 64 * 1024
const tagBytes = 16
const lengthBytes = 4
const headerLimit = 4096

/**
 * Encrypts a stream in frames of AES-256-GCM: a length, the bytes, a tag. The tag also covers the header, the frame's
 * number and whether the frame is the last, so a lost, swapped or cut-off frame is detected. Each file has its own
 * salt and therefore its own key, so the frame's number is a safe nonce.
 */
export async function* encrypt(plain: AsyncIterable<Buffer>, passphrase: string): AsyncGenerator<Buffer> {
  const salt = randomBytes(32)
  const key = await deriveKey(passphrase, salt, cost)
  const header: CipherHeader = {
    format: 'vpn-kiosk-encrypted-backup',
    version: 1,
    cipher: 'aes-256-gcm',
    kdf: { name: 'scrypt', cost, salt: salt.toString('base64') },
    check: checkOf(key).toString('base64'),
  }
  const line = Buffer.from(`${JSON.stringify(header)}\n`)
  yield line
  let number = 0
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of plain) {
    rest = Buffer.concat([rest, chunk])
    while (rest.length > frameBytes) {
      yield seal(key, line, number++, false, rest.subarray(0, frameBytes))
      rest = rest.subarray(frameBytes)
    }
  }
  yield seal(key, line, number, true, rest)
}

/** Decrypts a backup. Throws RestoreRefused when the passphrase is wrong or the file is not complete. */
export async function* decrypt(file: string, passphrase: string): AsyncGenerator<Buffer> {
  const { header, line } = await requireHeader(file)
  const key = await deriveKey(passphrase, Buffer.from(header.kdf.salt, 'base64'), header.kdf.cost)
  const check = Buffer.from(header.check, 'base64')
  const own = checkOf(key)
  if (check.length !== own.length || !timingSafeEqual(check, own))
    throw new RestoreRefused('the passphrase is not the one of this file (BACKUP_PASSPHRASE)')
  let rest: Buffer = Buffer.alloc(0)
  let number = 0
  let isOver = false
  for await (const chunk of createReadStream(file, { start: line.length })) {
    rest = Buffer.concat([rest, chunk as Buffer])
    for (;;) {
      const frame = takeFrame(rest)
      if (!frame) break
      if (isOver) throw damaged()
      rest = rest.subarray(frame.size)
      isOver = frame.isLast
      yield unseal(key, line, number++, frame)
    }
  }
  if (!isOver || rest.length > 0) throw new RestoreRefused('this file is cut off: take another backup')
}

/** Whether a backup is encrypted; its first line says so. */
export async function isEncrypted(file: string): Promise<boolean> {
  return (await readHeader(file)) !== null
}

const deriveKey = (passphrase: string, salt: Buffer, N: number): Promise<Buffer> =>
  derive(passphrase.normalize(), salt, 32, { N, r: 8, p: 1, maxmem: 256 * N * 8 })

/** A tag over no data, under a nonce that no frame uses. */
function checkOf(key: Buffer): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, Buffer.alloc(12, 0xff))
  cipher.final()
  return cipher.getAuthTag()
}

const nonceOf = (number: number): Buffer => {
  const nonce = Buffer.alloc(12)
  nonce.writeBigUInt64BE(BigInt(number), 4)
  return nonce
}

/** The highest bit of the length marks the last frame. */
const lastBit = 0x8000_0000

function seal(key: Buffer, line: Buffer, number: number, isLast: boolean, plain: Buffer): Buffer {
  const length = Buffer.alloc(lengthBytes)
  length.writeUInt32BE(plain.length + (isLast ? lastBit : 0))
  const cipher = createCipheriv('aes-256-gcm', key, nonceOf(number))
  cipher.setAAD(Buffer.concat([line, length]))
  return Buffer.concat([length, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

interface Frame {
  /** The frame as it is written: length, encrypted bytes, tag. */
  readonly size: number
  readonly isLast: boolean
  readonly length: Buffer
  readonly sealed: Buffer
  readonly tag: Buffer
}

function takeFrame(bytes: Buffer): Frame | null {
  if (bytes.length < lengthBytes) return null
  const read = bytes.readUInt32BE()
  const isLast = read >= lastBit
  const count = isLast ? read - lastBit : read
  if (count > frameBytes) throw damaged()
  const size = lengthBytes + count + tagBytes
  if (bytes.length < size) return null
  const end = lengthBytes + count
  return {
    size,
    isLast,
    length: bytes.subarray(0, lengthBytes),
    sealed: bytes.subarray(lengthBytes, end),
    tag: bytes.subarray(end, size),
  }
}

function unseal(key: Buffer, line: Buffer, number: number, { length, sealed, tag }: Frame): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(number), { authTagLength: tagBytes })
  decipher.setAAD(Buffer.concat([line, length]))
  decipher.setAuthTag(tag)
  try {
    return Buffer.concat([decipher.update(sealed), decipher.final()])
  } catch (cause) {
    throw damaged(cause)
  }
}

const damaged = (cause?: unknown): RestoreRefused =>
  new RestoreRefused('this file is damaged: take another backup', { cause })

async function requireHeader(file: string): Promise<{ header: CipherHeader; line: Buffer }> {
  const read = await readHeader(file)
  if (!read) throw damaged()
  const { version, cipher, kdf } = read.header
  if (version !== 1 || cipher !== 'aes-256-gcm' || kdf?.name !== 'scrypt' || !isCost(kdf.cost))
    throw new RestoreRefused('this file comes from a newer version (another form of encryption): update the shop first')
  return read
}

const isCost = (value: unknown): boolean =>
  Number.isInteger(value) &&
  Number(value) >= 2 &&
  Number(value) <= mostCost &&
  Number.isInteger(Math.log2(Number(value)))

async function readHeader(file: string): Promise<{ header: CipherHeader; line: Buffer } | null> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headerLimit), 0, headerLimit, 0)
    const end = buffer.subarray(0, bytesRead).indexOf('\n')
    if (end < 0 || buffer[0] !== '{'.charCodeAt(0)) return null
    const header = JSON.parse(buffer.subarray(0, end).toString()) as CipherHeader
    return header.format === 'vpn-kiosk-encrypted-backup' ? { header, line: buffer.subarray(0, end + 1) } : null
  } catch {
    // The line is no JSON, so it is not the header of a backup.
    return null
  } finally {
    await handle.close()
  }
}
