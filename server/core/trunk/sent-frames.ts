// What a guest sent while somebody listened: frames of its tap, counted by VLAN and source MAC, and what its trunk bridge learned
// from the VIF meanwhile. The bridge forgets nothing that a full capture missed.

import type { FdbEntry } from '../parse/ovs/fdb'
import type { OvsPort } from '../host/ovs'
import type { CapturedPacket } from '../packet/captured-packet'
import { dissectLayers } from '../packet/dissect'
import { outerMost, vlanIdsOf } from '../packet/dissection'
import type { LearnedMac, SentFrames } from './audit'

export function countSentFrames(packets: readonly CapturedPacket[]): SentFrames[] {
  const counted = new Map<string, SentFrames & { readonly frames: number }>()
  for (const { data, originalLength } of packets) {
    const frame = outerMost(dissectLayers(data, { originalLength }))
    if (!frame) continue
    const [vlan = 0] = vlanIdsOf(frame)
    const key = `${vlan} ${frame.ethernet.source}`
    counted.set(key, { vlan, macAddress: frame.ethernet.source, frames: (counted.get(key)?.frames ?? 0) + 1 })
  }
  return [...counted.values()]
}

/** Names for port numbers, of what was learned or seen again within the time. */
export function recentlyLearned(
  entries: readonly (FdbEntry & { readonly bridge: string })[],
  ports: readonly OvsPort[],
  withinS: number,
): LearnedMac[] {
  const names = new Map(ports.map((port) => [`${port.bridge}/${port.interface.ofport ?? ''}`, port.name]))
  return entries.flatMap(({ bridge, port, vlan, macAddress, ageS }) => {
    const name = names.get(`${bridge}/${port}`)
    return name !== undefined && ageS !== null && ageS <= withinS ? [{ bridge, port: name, vlan, macAddress }] : []
  })
}

/**
 * The capture counts; what only the trunk bridge knows comes without a number. Between guest and bridge stand devices of the host
 * (qvb), whose own IPv6 chatter is not the guest's.
 */
export function withLearned(
  sent: readonly SentFrames[],
  learned: readonly LearnedMac[],
  { bridge, vif, hostMacs }: { readonly bridge: string; readonly vif: string; readonly hostMacs: ReadonlySet<string> },
): SentFrames[] {
  const isCounted = ({ vlan, macAddress }: LearnedMac) => sent.some((each) => each.vlan === vlan && each.macAddress === macAddress)
  const more = learned.filter((each) => each.bridge === bridge && each.port === vif && !hostMacs.has(each.macAddress) && !isCounted(each))
  return [...sent, ...more.map(({ vlan, macAddress }) => ({ vlan, macAddress, frames: null }))]
}
