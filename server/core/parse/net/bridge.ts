// `bridge -j fdb` → forwarding entries of Linux bridges; of VXLAN devices the VTEPs behind MACs.
//
//   {"mac":"00:00:00:00:00:00","ifname":"vxlan-100","dst":"192.168.150.12","flags":["self"],"state":"permanent"}
//   {"mac":"fe:16:3e:5e:1a:6f","ifname":"tapf4513237-f5","flags":[],"master":"qbrf4513237-f5","state":"permanent"}

import { z } from 'zod'
import type { FdbEntry } from '../../host/fdb'
import type { BridgeMac } from '../../host/learned'
import { parseRows } from '../json'
import type { Parsed } from '../parse-result'

const fdbSchema = z.object({
  mac: z.string(),
  ifname: z.string(),
  master: z.string().optional(),
  vlan: z.number().optional(),
  dst: z.string().optional(),
  viaIf: z.string().optional(),
  /** Each absent where it is as the device has it. */
  port: z.unknown().optional(),
  vni: z.unknown().optional(),
  src_vni: z.unknown().optional(),
  via: z.unknown().optional(),
  nhid: z.unknown().optional(),
  flags: z.array(z.string()).default([]),
  /** permanent is the device's own; '' was learned. */
  state: z.string().default(''),
  /** With -s: seconds since a frame with this source came. */
  updated: z.number().optional(),
})
export type BridgeFdbEntry = z.infer<typeof fdbSchema>

export const parseBridgeFdb = (text: string, section = 'bridge fdb'): Parsed<readonly BridgeFdbEntry[]> =>
  parseRows(text, section, fdbSchema)

/** What has a VTEP behind it. A state is static's or permanent's; learned entries have none, or say when they were used. */
export const toFdbEntries = (rows: readonly BridgeFdbEntry[]): FdbEntry[] =>
  rows.flatMap((row) => {
    const { mac, ifname, dst, viaIf, state, nhid } = row
    if (dst === undefined && nhid === undefined) return []
    const unmodelled = (['port', 'vni', 'src_vni', 'via', 'nhid'] as const).filter((key) => row[key] !== undefined)
    return [
      {
        link: ifname, macAddress: mac, destination: dst ?? '', isStatic: ['permanent', 'static', 'noarp'].includes(state),
        ...(viaIf === undefined ? {} : { via: viaIf }), ...(unmodelled.length === 0 ? {} : { unmodelled }),
      },
    ] // prettier-ignore
  })

/** What bridges of the root namespace know; `self` is what the device itself receives. */
export const toBridgeMacs = (rows: readonly BridgeFdbEntry[]): BridgeMac[] =>
  rows.flatMap(({ mac, ifname, master, flags, state, vlan }) =>
    master === undefined || flags.includes('self')
      ? []
      : [{ netns: '', bridge: master, port: ifname, macAddress: mac, vlan: vlan ?? null, isLocal: state === 'permanent' }],
  )
