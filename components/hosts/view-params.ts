// What of a host's page lives in the URL. Read in the browser and, for what the page shows first, on the server.

import { parseAsStringLiteral } from 'nuqs/server'

import type { HostTab } from '@/components/lib/routes'

const tabs = ['inside', 'settings', 'facts', 'unparsed'] as const satisfies readonly HostTab[]

export const hostParams = {
  tab: parseAsStringLiteral(tabs).withDefault('inside'),
}
