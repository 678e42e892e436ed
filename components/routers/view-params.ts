// What the page of a router shows lives in the URL: tab, filter, the dialog that is open, and the interface that is removed. Read in the browser
// and, for what the page shows first, on the server.

import { parseAsString, parseAsStringLiteral } from 'nuqs/server'

import type { RouterTab } from '@/components/lib/routes'

const TABS = ['interfaces', 'floating-ips', 'routes', 'hosts'] as const satisfies readonly RouterTab[]
const DIALOGS = ['add-interface', 'edit-routes', 'edit', 'delete'] as const
export type RouterDialog = (typeof DIALOGS)[number]

export const routerParams = {
  tab: parseAsStringLiteral(TABS).withDefault('interfaces'),
  q: parseAsString.withDefault(''),
  do: parseAsStringLiteral(DIALOGS),
  /** Port id of an interface. */
  del: parseAsString,
}
