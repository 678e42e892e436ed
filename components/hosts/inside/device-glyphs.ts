// A glyph and a word per kind of device, the same wherever a device is listed.

import { ArrowLeftRight, Box, Cable, EthernetPort, Plug, Spline, SquareDashed, Tag, Workflow, type LucideIcon } from 'lucide-react'

import type { InsideLink, InsideOvsPort } from '@/server/core/api-types'

export interface DeviceGlyph {
  readonly Icon: LucideIcon
  readonly word: string
}

export const linkGlyphs: Record<InsideLink['type'], DeviceGlyph> = {
  physical: { Icon: EthernetPort, word: 'NIC' },
  bridge: { Icon: Workflow, word: 'Linux bridge' },
  veth: { Icon: Cable, word: 'veth' },
  vlan: { Icon: Tag, word: 'VLAN interface' },
  vxlan: { Icon: ArrowLeftRight, word: 'VXLAN device' },
  'ovs-internal': { Icon: Box, word: 'OVS internal' },
  tap: { Icon: Plug, word: 'tap of a VM' },
  other: { Icon: SquareDashed, word: 'device' },
}

const portGlyphs: Readonly<Record<string, DeviceGlyph>> = {
  patch: { Icon: Spline, word: 'patch' },
  internal: { Icon: Box, word: 'internal' },
  vxlan: { Icon: ArrowLeftRight, word: 'VXLAN tunnel' },
}

/** Interface types are Open vSwitch's and more than these; the rest are devices of the kernel. */
export const portGlyph = (port: Pick<InsideOvsPort, 'type'>): DeviceGlyph =>
  portGlyphs[port.type] ?? { Icon: Cable, word: port.type || 'system' }
