import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { UsageError } from './failures.ts'
import { askSecret, isInteractive } from './terminal.ts'

/** Where a secret may come from. The command line is none of them: everybody on the machine can read it. */
export interface SecretSources {
  /** The secret's name in the question, e.g. `Password of the panel`. */
  readonly question: string
  /** A file whose whole text is the secret, without the line feed at its end. */
  readonly file?: string | undefined
  readonly fromStdin?: boolean | undefined
  /** The value of its environment variable. */
  readonly environment?: string | undefined
  /** Whether the operator may be asked for the secret. */
  readonly canAsk?: boolean
}

/** The secret from the first source that has it; null when there is none. */
export async function readSecret(sources: SecretSources): Promise<string | null> {
  return (await findSecret(sources)) || null
}

async function findSecret({ question, file, fromStdin, environment, canAsk }: SecretSources): Promise<string | null> {
  if (file !== undefined) return withoutLineEnd(await readSecretFile(file))
  if (fromStdin) return withoutLineEnd(await text(process.stdin))
  if (environment) return environment
  return canAsk && isInteractive() ? askSecret(question) : null
}

async function readSecretFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new UsageError(`The file ${file} cannot be read.`, { cause })
  }
}

const withoutLineEnd = (read: string): string => read.replace(/\r?\n$/, '')
