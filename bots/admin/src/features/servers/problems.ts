import type { EndpointCause, EndpointProblem } from '@vpn-kiosk/domain'
import type { EndpointFailure } from '@vpn-kiosk/shop'
import { bounded, type Translator } from '@vpn-kiosk/telegram'

/** A cause in the reader's language, with what to do about it. HTML. */
export const causeText = (t: Translator, code: EndpointCause): string => t(`endpoint-problem-${code}`)

const mostLines = 5

/** What is wrong with parts of an endpoint, one line each; HTML, '' when nothing is. */
export function problemLines(t: Translator, problems: readonly EndpointProblem[]): string {
  const lines = problems
    .slice(0, mostLines)
    .map(({ code, detail }) =>
      t('endpoint-problem-line', { detail: bounded(detail, 80), sentence: t.plain(`endpoint-problem-${code}`) }),
    )
  const rest = problems.length - lines.length
  return [...lines, ...(rest > 0 ? [t('endpoint-problem-more', { count: rest })] : [])].join('\n')
}

/** Why an endpoint cannot be used: our sentence, and the driver's own words only where ours says too little. HTML. */
export function failureText(t: Translator, failure: EndpointFailure): string {
  if (failure.kind === 'unknown_driver') return causeText(t, 'other')
  const { code, reason, field } = failure
  const isVague = code === 'other' || code === 'server_error' || code === 'answer_unknown'
  return [
    causeText(t, code),
    ...(field ? [t('endpoint-problem-field', { field })] : []),
    ...(isVague ? [t('endpoint-problem-detail', { reason: bounded(reason, 300) })] : []),
  ].join('\n')
}
