import type { Language, Standing, System } from '@vpn-kiosk/domain'

/**
 * How a subscription stands as a person sees it. `trial_ended`: only a trial has ended, nothing was bought yet. `preparing`: paid for, but no server has agreed yet. `devices`: the
 * servers give each device a file of its own, so there is nothing to put in a list.
 */
export type Situation = Standing | 'preparing' | 'devices' | 'trial_ended'

interface SituationWords {
  readonly title: string
  /** Whole sentences for the page. */
  readonly text: string
  /** The name of the only entry in an app's list, instead of servers. */
  readonly remark: string
}

/** Every sentence of the pages in one language. */
export interface Words {
  readonly language: Language
  readonly title: string
  /** How the language abbreviates Moscow's time. */
  readonly moscowTime: string
  readonly otherLanguage: { readonly language: Language; readonly name: string }
  readonly situations: Readonly<Record<Situation, SituationWords>>
  readonly trial: string
  daysLeft(days: number): string
  hoursLeft(hours: number): string
  readonly activeUntil: string
  readonly endedOn: string
  readonly traffic: string
  trafficOf(used: string, limit: string): string
  readonly unlimited: string
  readonly renew: string
  readonly choosePlan: string
  readonly openBot: string
  readonly writeSupport: string
  readonly connect: {
    readonly title: string
    readonly install: string
    readonly press: string
    readonly turnOn: string
  }
  readonly chooseSystem: string
  readonly systems: Readonly<Record<System, string>>
  addTo(app: string): string
  install(app: string): string
  readonly installShort: string
  readonly recommended: string
  readonly link: { readonly title: string; readonly text: string; readonly scan: string; readonly personal: string }
  readonly copy: string
  readonly copied: string
  readonly waysIn: {
    readonly title: string
    readonly text: string
    readonly show: string
    readonly download: string
    someReady(count: number, of: number): string
  }
  readonly open: {
    title(app: string): string
    button(app: string): string
    readonly nothing: string
    readonly text: string
    readonly otherwise: string
    readonly page: string
  }
  readonly problems: {
    readonly notFound: { readonly title: string; readonly text: string }
    readonly tooMany: { readonly title: string; readonly text: string }
    readonly badRequest: { readonly title: string; readonly text: string }
    readonly unavailable: { readonly title: string; readonly text: string }
  }
}
