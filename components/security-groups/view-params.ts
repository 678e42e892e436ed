// What the page of a security group shows lives in the URL: tab, filter, and the dialog that is open. Read in the browser and, for what the page
// shows first, on the server.

import { parseAsString, parseAsStringLiteral } from 'nuqs/server'

import type { SecurityGroupTab } from '@/components/lib/routes'

const TABS = ['ingress', 'egress', 'ports'] as const satisfies readonly SecurityGroupTab[]
const DIALOGS = ['add', 'edit', 'delete', 'remove', 'add-ports'] as const
export type SecurityGroupDialog = (typeof DIALOGS)[number]

export const securityGroupParams = {
  tab: parseAsStringLiteral(TABS).withDefault('ingress'),
  q: parseAsString.withDefault(''),
  do: parseAsStringLiteral(DIALOGS),
}
