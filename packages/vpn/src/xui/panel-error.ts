import { type EndpointCause, EndpointRefused } from '@vpn-kiosk/domain'

/** The panel understood the request and refused it; `reason` is its own text, in the panel's language with an English tail in brackets. */
export class PanelRefusal extends EndpointRefused {
  readonly reason: string
  constructor(reason: string, code: EndpointCause = 'other') {
    super(`the panel refused: ${reason}`, { code })
    this.reason = reason
  }
  says(text: string): boolean {
    return this.reason.toLowerCase().includes(text.toLowerCase())
  }
}

/** The panel does not let us in, or the path is not there: the two look alike on this panel (404, 401, 307, 403). */
export class PanelDoorClosed extends EndpointRefused {
  readonly status: number
  constructor(status: number, hint: string, code: EndpointCause) {
    super(`the panel answered ${status}: ${hint}`, { code })
    this.status = status
  }
}
