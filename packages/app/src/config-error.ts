/** A setting that cannot be right. The message names the variable and what is wrong with it, never its value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}
