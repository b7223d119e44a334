import { describeError } from './describe-error.ts'
import { Refusal } from './failures.ts'

/** Puts the name of a variable before the cause of a failure: the operator learns which line of .env to look at. */
export async function nameVariable<T>(variable: string, work: Promise<T>): Promise<T> {
  return work.catch((cause: unknown) => {
    throw new Refusal(`${variable}: ${describeError(cause)}`, { cause })
  })
}

/** Does so only when a file or a folder could not be used; whatever else failed says by itself what it is. */
export async function nameFolderVariable<T>(variable: string, work: Promise<T>): Promise<T> {
  return work.catch((cause: unknown) => {
    return isAboutFiles(cause) ? nameVariable(variable, Promise.reject(cause)) : Promise.reject(cause)
  })
}

/** Of a disk that is full or read-only Node names no path while it writes. */
const diskCodes: readonly unknown[] = ['ENOSPC', 'EROFS', 'EDQUOT', 'EIO']

const isAboutFiles = (cause: unknown): boolean =>
  cause instanceof Error &&
  'syscall' in cause &&
  ('path' in cause || ('code' in cause && diskCodes.includes(cause.code)))
