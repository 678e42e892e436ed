// What a trunk's page shows lives in the URL: tab, filter, the port looked at, and the dialog that is open. Read in the browser and, for
// what the page shows first, on the server.

import { parseAsString, parseAsStringLiteral } from 'nuqs/server'

import type { TrunkTab } from '@/components/lib/routes'

const TABS = ['subports', 'guest', 'plug', 'audit'] as const satisfies readonly TrunkTab[]
const DIALOGS = ['add', 'edit', 'delete', 'remove'] as const
export type TrunkDialog = (typeof DIALOGS)[number]

export const trunkParams = {
  tab: parseAsStringLiteral(TABS).withDefault('subports'),
  q: parseAsString.withDefault(''),
  sel: parseAsString,
  do: parseAsStringLiteral(DIALOGS),
  /** Subport that is being moved. */
  move: parseAsString,
}
