/** The backup was refused before the database was touched. The message, without a full stop, may follow a name. */
export class RestoreRefused extends Error {
  override readonly name = 'RestoreRefused'
}
