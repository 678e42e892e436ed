// What a floating IP's packets lack in a router's namespaces, in words: to stand behind how they end.

import type { Coded } from '../finding'
import type { FloatingParams } from '../path/hop-params'
import { sayCoded, type Messages } from './message'

const causes: Messages<FloatingParams> = {
  'not-translated-in': ({ netns, fixed, floating }) => `no rule of ${netns} makes ${floating} ${fixed} (DNAT)`,
  'no-floating-rule': ({ netns, fixed }) => `the rule "from ${fixed}" that leads to the way of floating IPs is missing in ${netns}`,
  'no-floating-route': ({ netns, table }) => `table ${table} of ${netns} has no default route by rfp-`,
  'no-way-out': ({ netns }) => `${netns} has no default route by fg- for this router, or no rule that leads into its table`,
  'no-way-to-floating': ({ netns, floating }) =>
    `the route to ${floating} by fpr- is missing in ${netns}, so that fg- does not answer for it either`,
  'proxy-arp-off': ({ netns, device }) => `proxy_arp of ${device} in ${netns} is 0`,
}

export const explainFloatingCause = (cause: Coded<FloatingParams>): string => sayCoded(causes, cause)
