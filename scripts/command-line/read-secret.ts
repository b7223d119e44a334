import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { UsageError } from './failures.ts'
import { askSecret, isInteractive } from './terminal.ts'

/** The ways in which a secret may come. None of them is the command line: that is readable by everybody on a machine. */
export interface SecretSources {
  /** As it is called in a question, e.g. `Password of the panel`. */
  readonly question: string
  /** Read whole, without the line feed at its end. */
  readonly file?: string | undefined
  readonly fromStdin?: boolean | undefined
  /** The value of its environment variable. */
  readonly environment?: string | undefined
  /** Whether somebody may be asked for it. */
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
