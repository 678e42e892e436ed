// What the page of floating IPs shows lives in the URL: filter, selection, and the dialog that is open.

import { parseAsString, parseAsStringLiteral } from 'nuqs/server'

export const floatingIpsParams = {
  q: parseAsString.withDefault(''),
  /** Of a floating IP, or of a port forwarding of one. */
  sel: parseAsString,
  /** A new port forwarding is one of the floating IP that is selected. */
  new: parseAsStringLiteral(['floatingIp', 'portForwarding']),
  /** Port that the new one leads to. */
  port: parseAsString,
  /** Ids of what is being edited or deleted. */
  edit: parseAsString,
  del: parseAsString,
}
