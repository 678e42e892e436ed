// What of the history lives in the URL. Read in the browser and, for what the page shows first, on the server.

import { parseAsInteger, parseAsStringLiteral } from 'nuqs/server'

const tabs = ['runs', 'revisions', 'operations'] as const

export const runsParams = {
  tab: parseAsStringLiteral(tabs).withDefault('runs'),
  /** The revision looked at. */
  revision: parseAsInteger,
}
