// What the page of a gateway cluster shows lives in the URL: tab, filter, and the dialog that is open. Read in the browser and, for what the page
// shows first, on the server.

import { parseAsString, parseAsStringLiteral } from 'nuqs/server'

import type { GatewayTab } from '@/components/lib/routes'

const TABS = ['members', 'pools', 'peers', 'routers', 'records'] as const satisfies readonly GatewayTab[]
const DIALOGS = ['edit', 'delete', 'records'] as const
export type GatewayDialog = (typeof DIALOGS)[number]

export const gatewayParams = {
  tab: parseAsStringLiteral(TABS).withDefault('members'),
  q: parseAsString.withDefault(''),
  do: parseAsStringLiteral(DIALOGS),
}
