// What the page shows lives in the URL: tab, filter, selection, and the dialog that is open. Read in the browser and, for what the page
// shows first, on the server.

import { parseAsString, parseAsStringLiteral } from 'nuqs/server'

import type { CreateKind, NetworksTab } from '@/components/lib/routes'

const TABS = ['networks', 'ports', 'vms', 'physical'] as const satisfies readonly NetworksTab[]
const KINDS = ['project', 'physicalNetwork', 'network', 'subnet', 'port', 'vm'] as const satisfies readonly CreateKind[]

export const networksParams = {
  tab: parseAsStringLiteral(TABS).withDefault('networks'),
  q: parseAsString.withDefault(''),
  sel: parseAsString,
  /** A form for a new object of this kind. */
  new: parseAsStringLiteral(KINDS),
  /** Ids of what is being edited or deleted. */
  edit: parseAsString,
  del: parseAsString,
}
