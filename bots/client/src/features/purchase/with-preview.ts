import type { PurchasePreview, RoomForCustomer } from '@vpn-kiosk/shop'
import type { Translator, View } from '@vpn-kiosk/telegram'

/** A screen with what the purchase would do below it: when it starts, which limits change then, whether one waits for the key. */
export function withPreview(t: Translator, view: View, preview: PurchasePreview | null, room: RoomForCustomer): View {
  const waiting = room === 'waits' ? [t('preview-waits')] : []
  if (!preview) return waiting.length > 0 ? { ...view, text: [view.text, ...waiting].join('\n\n') } : view
  const at = t.date(preview.startsAt)
  const until = t.date(preview.endsAt)
  const lines = [
    preview.startsNow ? t('preview-starts-now', { until }) : t('preview-starts-later', { at, until }),
    ...changesOf(t, preview, at),
    ...waiting,
  ]
  return { ...view, text: [view.text, lines.join('\n')].join('\n\n') }
}

function changesOf(t: Translator, { change }: PurchasePreview, at: string): string[] {
  if (!change) return []
  const { from, to } = change
  const traffic = (bytes: bigint | null) => (bytes === null ? t.plain('plans-unlimited') : t.bytes(bytes))
  return [
    ...(from.deviceLimit === to.deviceLimit
      ? []
      : [t('preview-devices', { at, from: String(from.deviceLimit), to: String(to.deviceLimit) })]),
    ...(from.trafficLimitBytes === to.trafficLimitBytes
      ? []
      : [t('preview-traffic', { at, from: traffic(from.trafficLimitBytes), to: traffic(to.trafficLimitBytes) })]),
  ]
}
