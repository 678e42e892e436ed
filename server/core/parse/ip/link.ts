// `ip -j -d -s link` (or `addr`, which prints the same and addresses as well) → what the kernel says of each device.
// Type, owner and peer are decided later, with the other namespaces and the OVSDB at hand (build-links.ts).
//
//   {"ifindex":13,"link":"qvbf4513237-f5","ifname":"qvof4513237-f5","flags":["BROADCAST","UP"],"mtu":1450,
//    "operstate":"UP","address":"4e:74:4a:38:e7:ea","linkinfo":{"info_kind":"veth"},"stats64":{"rx":{"packets":24,…}}}

import { z } from 'zod'
import { usualBridgePort } from '../../host/bridge-port'
import type { Link } from '../../host/link'
import type { Parsed } from '../parse-result'
import { parseRows } from '../json'

const counterSchema = z.object({ packets: z.number().default(0), dropped: z.number().default(0) })
const statsSchema = z.object({ rx: counterSchema, tx: counterSchema })

/** Units as the kernel prints them: centiseconds. */
const bridgeDataSchema = z.object({
  forward_delay: z.number(),
  ageing_time: z.number(),
  stp_state: z.number(),
  mcast_snooping: z.number().default(0),
  vlan_filtering: z.number().default(0),
})

const vlanDataSchema = z.object({ id: z.number().int(), protocol: z.string().optional() })
const vxlanDataSchema = z.object({
  external: z.literal(false).default(false),
  id: z.number().int(),
  local: z.string().default(''),
  port: z.number().int(),
  link: z.string().default(''),
})

export const linkRowSchema = z.object({
  ifindex: z.number().int().positive(),
  ifname: z.string().min(1),
  flags: z.array(z.string()),
  mtu: z.number().int().nonnegative(),
  operstate: z.string().default('UNKNOWN'),
  link_type: z.string().default(''),
  address: z.string().optional(),
  ifalias: z.string().optional(),
  master: z.string().optional(),
  /** Peer or lower device in the same namespace; null is "none". */
  link: z.string().nullish(),
  /** The same by number, where its name is not visible. */
  link_index: z.number().int().optional(),
  link_netnsid: z.number().int().optional(),
  /** A program that gets its frames before the kernel does. */
  xdp: z.unknown().optional(),
  linkinfo: z
    .object({
      info_kind: z.string().optional(),
      info_data: z.record(z.string(), z.unknown()).optional(),
      info_slave_kind: z.string().optional(),
      info_slave_data: z.record(z.string(), z.unknown()).optional(),
    })
    .optional(),
  stats64: statsSchema.optional(),
  stats: statsSchema.optional(),
})
export type LinkRow = z.infer<typeof linkRowSchema>

export interface BridgeData {
  readonly forwardDelay: number
  readonly hasStp: boolean
  readonly hasMulticastSnooping: boolean
  readonly ageingTime: number
  readonly isVlanAware?: boolean
}

export function parseLinks(text: string, section = 'ip link'): Parsed<readonly LinkRow[]> {
  return parseRows(text, section, linkRowSchema)
}

export const kindOf = (row: LinkRow): string => row.linkinfo?.info_kind ?? ''

/** Undefined where the device is no bridge or its data cannot be read. */
export function bridgeData(row: LinkRow): BridgeData | undefined {
  if (kindOf(row) !== 'bridge') return undefined
  const data = bridgeDataSchema.safeParse(row.linkinfo?.info_data)
  if (!data.success) return undefined
  return {
    forwardDelay: data.data.forward_delay,
    hasStp: data.data.stp_state !== 0,
    hasMulticastSnooping: data.data.mcast_snooping !== 0,
    ageingTime: data.data.ageing_time,
    ...(data.data.vlan_filtering === 0 ? {} : { isVlanAware: true }),
  }
}

/** Undefined where the device is no VLAN interface. */
export function vlanData(row: LinkRow): Link['vlan'] {
  if (kindOf(row) !== 'vlan') return undefined
  const data = vlanDataSchema.safeParse(row.linkinfo?.info_data)
  if (!data.success) return undefined
  return { lower: row.link ?? '', id: data.data.id, ...(data.data.protocol === '802.1ad' ? { isService: true } : {}) }
}

/** Undefined where the device is no VXLAN device, or one that takes its VNI from elsewhere (collect metadata). */
export function vxlanData(row: LinkRow): Link['vxlan'] {
  if (kindOf(row) !== 'vxlan') return undefined
  const data = vxlanDataSchema.safeParse(row.linkinfo?.info_data)
  if (!data.success) return undefined
  const { id, local, port, link } = data.data
  return { vni: id, local, port, lower: link }
}

type Usual = Readonly<Record<string, unknown>>

/** What decides about frames, and its value unless somebody sets it. */
const usualByKind: Readonly<Record<string, Usual>> = {
  bridge: { group_fwd_mask: '0', nf_call_iptables: 0, nf_call_ip6tables: 0 },
  vxlan: { proxy: false, rsc: false, local6: undefined },
}

/** Names of settings that a walk would have to know and does not. `bridge`: that it is a port of. */
export function unmodelledOf(row: LinkRow, bridge: LinkRow | undefined): readonly string[] {
  const { info_data: own = {}, info_slave_kind: master, info_slave_data: data = {} } = row.linkinfo ?? {}
  // The kernel itself takes the state of a port away while its device or the bridge is down, and gives it back.
  const isOn = bridge?.flags.includes('UP') && row.flags.includes('UP') && row.flags.includes('LOWER_UP')
  const asPort = isOn ? data : { ...data, state: 'forwarding' }
  const ofAll = [...(row.xdp === undefined ? [] : ['xdp']), ...(row.flags.includes('NOARP') ? ['noarp'] : [])]
  return [...ofAll, ...unusual(own, usualByKind[kindOf(row)] ?? {}), ...(master === 'bridge' ? unusual(asPort, usualBridgePort) : [])]
}

const unusual = (data: Readonly<Record<string, unknown>>, usual: Usual): readonly string[] =>
  Object.entries(usual).flatMap(([key, value]) => (data[key] === undefined || data[key] === value ? [] : [key]))
