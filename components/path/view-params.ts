// What of the path view lives in the URL: both ends, the direction, the hop looked at, the verification shown, whether it is paused, and
// which inner hosts are zoomed out of. Read in the browser and, for what the page shows first, on the server.

import { parseAsArrayOf, parseAsBoolean, parseAsString, parseAsStringLiteral } from 'nuqs/server'

export const pathParams = {
  from: parseAsString,
  to: parseAsString,
  hop: parseAsString,
  /** Which direction is drawn. */
  leg: parseAsStringLiteral(['forth', 'back']).withDefault('forth'),
  verification: parseAsString,
  paused: parseAsBoolean.withDefault(false),
  /** Inner hosts that are drawn as one hop. */
  folded: parseAsArrayOf(parseAsString).withDefault([]),
}
