import { cutText, type EndpointCause, type EndpointRefused, type EndpointUnreachable } from '@vpn-kiosk/domain'

/** Why an endpoint can't be used. Holds no secrets. */
export type EndpointFailure =
  | { readonly kind: 'unknown_driver' }
  | ({ readonly kind: 'refused' | 'unreachable' } & EndpointCauseFound)

/** `code` is for locales, `reason` the driver's technical words. */
export interface EndpointCauseFound {
  readonly reason: string
  readonly code: EndpointCause
  /** With `settings_invalid`. */
  readonly field?: string
  /** With `tls_self_signed` and `certificate_changed`: what a person confirms, for the setting `pinnedCertificate`. */
  readonly fingerprint?: string
}

export const causeOfFailure = ({
  message,
  code,
  field,
  fingerprint,
}: EndpointRefused | EndpointUnreachable): EndpointCauseFound => ({
  reason: cutText(message, 300),
  code,
  ...(field === null ? {} : { field }),
  ...(fingerprint === null ? {} : { fingerprint }),
})
