/**
 * Why an endpoint cannot be used, wholly or in part, as a word for locales: screens say it in the reader's language and
 * show the technical `message` or `detail` beside it at most.
 */
export const endpointCauses = [
  // Nobody answers under this address.
  'name_unknown',
  'connection_refused',
  'timeout',
  'connection_lost',
  // Something answers, but not what was asked for.
  'tls_self_signed',
  'tls_invalid',
  'certificate_changed',
  'not_https',
  'not_http',
  'redirected',
  'not_a_panel',
  'wrong_path',
  'host_key_changed',
  // The endpoint does not let us in.
  'wrong_credentials',
  'login_locked',
  'two_factor_needed',
  'two_factor_wrong',
  'resting',
  // The endpoint answers, and it cannot or will not.
  'busy',
  'server_error',
  'answer_too_large',
  'answer_unknown',
  'settings_invalid',
  'no_tools',
  'place_taken',
  // A part of what is sold is not there.
  'inbound_missing',
  'inbound_deleted',
  'inbound_off',
  'inbound_expired',
  'inbound_used_up',
  'inbound_protocol_changed',
  'inbound_not_dialable',
  'core_stopped',
  'interface_missing',
  'interface_down',
  'config_missing',
  'server_key_changed',
  'other',
] as const
export type EndpointCause = (typeof endpointCauses)[number]

/** One thing that is wrong with an endpoint; `detail` names the part, e.g. `VLESS WS :8443`, in no language. */
export interface EndpointProblem {
  readonly code: EndpointCause
  readonly detail: string
}

export interface EndpointErrorOptions extends ErrorOptions {
  readonly code?: EndpointCause
  /** With `settings_invalid`: the setting or secret, e.g. `twoFactorSecret`. */
  readonly field?: string
  /** With `tls_self_signed` and `certificate_changed`: SHA-256 of the certificate, lower-case hex, for `pinnedCertificate`. */
  readonly fingerprint?: string
}

abstract class EndpointError extends Error {
  readonly code: EndpointCause
  readonly field: string | null
  readonly fingerprint: string | null
  constructor(message: string, { code = 'other', field, fingerprint, ...options }: EndpointErrorOptions = {}) {
    super(message, options)
    this.code = code
    this.field = field ?? null
    this.fingerprint = fingerprint ?? null
  }
}

/** The endpoint answered, and said no (wrong password, bad setting). Asking again unchanged will not help. */
export class EndpointRefused extends EndpointError {
  override readonly name = 'EndpointRefused'
}

/** No answer, or one that leaves the outcome unknown. Ensure again. */
export class EndpointUnreachable extends EndpointError {
  override readonly name: string = 'EndpointUnreachable'
}

/** The endpoint refused our login lately and is left alone until then; it was not asked. New credentials end the rest. */
export class EndpointResting extends EndpointUnreachable {
  override readonly name = 'EndpointResting'
  readonly until: Date
  constructor(until: Date, reason: string) {
    super(`left alone after a refused login: ${reason}`, { code: 'resting' })
    this.until = until
  }
}
