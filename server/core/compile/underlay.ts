// Where the VTEP address lives with the kernel's VXLAN: on the NIC, by the host's own doing or, where there is none, by ours.

import type { HostState } from '../host/host-state'
import type { Link } from '../host/link'
import { vtepLabel } from '../naming'
import type { Tunnel } from '../topology/kinds/host/host'

/** A NIC must exist and be up; it is never made or taken away. */
export const requiredNic = (name: string): Link => ({ netns: '', name, type: 'physical', owner: null, isUp: true })

export const vtepOnNic = ({ nic, address, prefixLength }: Tunnel): Partial<HostState> => ({
  links: [requiredNic(nic)],
  addresses: [{ netns: '', link: nic, cidr: `${address}/${prefixLength}`, label: vtepLabel(nic) }],
})
