export interface PanelResponse {
  readonly status: number
  readonly body: string
  readonly cookies: readonly string[]
  /** The panel's own time, from its `Date` header; null where it sends none. */
  readonly panelTime: Date | null
  /** Where a redirect leads. */
  readonly location: string | null
}
