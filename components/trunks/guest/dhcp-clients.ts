// The DHCP clients that a guest may have, the most likely one first.

import type { SelectOption } from '@/components/ui/Select'
import type { DhcpClient } from '@/server/core/trunk/guest-commands'

export const firstDhcpClient: DhcpClient = 'udhcpc'

export const dhcpClients: readonly SelectOption<DhcpClient>[] = [
  { value: firstDhcpClient, label: 'udhcpc (busybox)' },
  { value: 'dhclient', label: 'dhclient (ISC)' },
  { value: 'none', label: 'none: addresses by hand' },
]
