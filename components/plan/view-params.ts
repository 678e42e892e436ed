// What of the changes lives in the URL. Read in the browser and, for what the page shows first, on the server.

import { parseAsString, parseAsStringLiteral } from 'nuqs/server'

const planTabs = ['objects', 'commands', 'blast'] as const
export type PlanTab = (typeof planTabs)[number]

export const changesParams = {
  plan: parseAsString,
  tab: parseAsStringLiteral(planTabs).withDefault('objects'),
  q: parseAsString.withDefault(''),
  /** Of the plan only what is about the object with this id. */
  about: parseAsString,
}
