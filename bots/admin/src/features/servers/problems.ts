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
      detail
        ? t('endpoint-problem-line', { detail: bounded(detail, 80), sentence: t.plain(`endpoint-problem-${code}`) })
        : t('endpoint-problem-whole', { sentence: t.plain(`endpoint-problem-${code}`) }),
    )
  const rest = problems.length - lines.length
  return [...lines, ...(rest > 0 ? [t('endpoint-problem-more', { count: rest })] : [])].join('\n')
}

/** The same for what a probe found, with the endpoint's own words where ours say too little. HTML, '' when all is well. */
export function healthText(
  t: Translator,
  { problems, reason }: { readonly problems: readonly EndpointProblem[]; readonly reason: string | null },
): string {
  const isSaid = problems.length > 0 && !problems.some(({ code }) => isVague(code))
  const own = reason && !isSaid ? [t('endpoint-problem-detail', { reason: bounded(reason, 300) })] : []
  return [problemLines(t, problems), ...own].filter(Boolean).join('\n')
}

/** Our sentence says only that something went wrong. */
const isVague = (code: EndpointCause): boolean =>
  code === 'other' || code === 'server_error' || code === 'answer_unknown'

/** Why an endpoint cannot be used: our sentence, and the driver's own words only where ours says too little. HTML. */
export function failureText(t: Translator, failure: EndpointFailure): string {
  if (failure.kind === 'unknown_driver') return causeText(t, 'other')
  const { code, reason, field } = failure
  return [
    causeText(t, code),
    ...(field ? [t('endpoint-problem-field', { field })] : []),
    ...(isVague(code) ? [t('endpoint-problem-detail', { reason: bounded(reason, 300) })] : []),
  ].join('\n')
}
