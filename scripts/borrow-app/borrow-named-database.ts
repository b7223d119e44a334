import { borrowDatabase, type DatabaseConfig } from '@vpn-kiosk/app'
import { nameFolderVariable, nameVariable } from '../command-line/name-variable.ts'

/** The database for a script, see `borrowDatabase`. A failure begins with the name of the variable to look at. */
export const borrowNamedDatabase = (database: DatabaseConfig): ReturnType<typeof borrowDatabase> =>
  database.kind === 'url'
    ? nameVariable('DATABASE_URL', borrowDatabase(database))
    : nameFolderVariable('DATA_DIRECTORY', borrowDatabase(database))
