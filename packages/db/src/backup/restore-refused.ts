/** Nothing was touched. The message is a sentence that continues a name or stands alone, without its full stop. */
export class RestoreRefused extends Error {
  override readonly name = 'RestoreRefused'
}
