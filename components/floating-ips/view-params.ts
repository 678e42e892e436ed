// What the page of floating IPs shows lives in the URL: filter, selection, and the dialog that is open.

import { parseAsString, parseAsStringLiteral } from 'nuqs/server'

export const floatingIpsParams = {
  q: parseAsString.withDefault(''),
  sel: parseAsString,
  new: parseAsStringLiteral(['floatingIp']),
  /** Port that the new one leads to. */
  port: parseAsString,
  /** Ids of what is being edited or deleted. */
  edit: parseAsString,
  del: parseAsString,
}
