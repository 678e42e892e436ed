// The tap of a VM's NIC. Libvirt makes it, puts it into its bridge and switches it on; it stays so by what a plan adjusts.

import type { Link } from '../host/link'
import { tapName } from '../naming'

export const pluggedTap = (portId: string, bridge: string, mtu: number): Link => ({
  netns: '',
  name: tapName(portId),
  type: 'tap',
  owner: null,
  isUp: true,
  mtu,
  master: bridge,
})
