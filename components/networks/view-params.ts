// What the page shows lives in the URL: tab, filter, selection, and the dialog that is open. Read in the browser and, for what the page
// shows first, on the server.

import { parseAsString, parseAsStringLiteral } from 'nuqs/server'

import { createKinds, networksTabs } from '@/components/lib/kind-places'

export const networksParams = {
  tab: parseAsStringLiteral(networksTabs).withDefault('networks'),
  q: parseAsString.withDefault(''),
  sel: parseAsString,
  /** A form for a new object of this kind. */
  new: parseAsStringLiteral(createKinds),
  /** Ids of what is being edited or deleted. */
  edit: parseAsString,
  del: parseAsString,
}
