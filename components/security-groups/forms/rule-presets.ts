// What a new rule is mostly about, by the names that people have for it, and the four ways to say it in numbers. Pure.

import type { SelectOption } from '@/components/ui/Select'
import { Icmpv6Type } from '@/server/core/packet/layers/icmpv6'
import { IcmpType } from '@/server/core/packet/layers/icmp'
import type { EtherType } from '@/server/core/topology/kinds/security-group/security-group'

interface Preset {
  readonly label: string
  /** null: any. */
  readonly protocol: 'tcp' | 'udp' | 'icmp' | null
  readonly port?: number
}

/** In the order in which they are offered. */
const PRESETS = {
  ssh: { label: 'SSH (TCP 22)', protocol: 'tcp', port: 22 },
  http: { label: 'HTTP (TCP 80)', protocol: 'tcp', port: 80 },
  https: { label: 'HTTPS (TCP 443)', protocol: 'tcp', port: 443 },
  dns: { label: 'DNS (UDP 53)', protocol: 'udp', port: 53 },
  'dns-tcp': { label: 'DNS over TCP (TCP 53)', protocol: 'tcp', port: 53 },
  rdp: { label: 'RDP (TCP 3389)', protocol: 'tcp', port: 3389 },
  ping: { label: 'Ping (ICMP echo request)', protocol: 'icmp' },
  'all-icmp': { label: 'All ICMP', protocol: 'icmp' },
  'all-tcp': { label: 'All TCP', protocol: 'tcp' },
  'all-udp': { label: 'All UDP', protocol: 'udp' },
  any: { label: 'Any protocol', protocol: null },
} as const satisfies Readonly<Record<string, Preset>>

export type PresetName = keyof typeof PRESETS
/** A preset, or what is said in numbers beside it. */
export type TrafficChoice = PresetName | 'tcp' | 'udp' | 'icmp' | 'other'

const presetNames = Object.keys(PRESETS) as readonly PresetName[]
export const isPreset = (choice: TrafficChoice): choice is PresetName => Object.hasOwn(PRESETS, choice)

export const trafficOptions: readonly SelectOption<TrafficChoice>[] = [
  ...presetNames.map((value) => ({ value, label: PRESETS[value].label, group: 'Common' })),
  { value: 'tcp', label: 'TCP ports…', group: 'In numbers' },
  { value: 'udp', label: 'UDP ports…', group: 'In numbers' },
  { value: 'icmp', label: 'ICMP message…', group: 'In numbers' },
  { value: 'other', label: 'Other protocol…', group: 'In numbers' },
]

/** As a rule says it. Of ICMP the numbers are type and code. */
export interface Numbers {
  readonly protocol: string | null
  readonly min: number | null
  readonly max: number | null
}

/** ICMP of IPv6 is a protocol of its own, with types of its own. */
export const icmpOf = (etherType: EtherType): string => (etherType === 'IPv6' ? 'ipv6-icmp' : 'icmp')

export function numbersOf(name: PresetName, etherType: EtherType): Numbers {
  const { protocol, port }: Preset = PRESETS[name]
  if (name === 'ping') {
    return { protocol: icmpOf(etherType), min: etherType === 'IPv6' ? Icmpv6Type.echoRequest : IcmpType.echoRequest, max: null }
  }
  return { protocol: protocol === 'icmp' ? icmpOf(etherType) : protocol, min: port ?? null, max: port ?? null }
}

/** "SSH", for the rule that its preset would make; null for one that has no such name. */
export function serviceName(numbers: Numbers): string | null {
  const name = presetNames.find((each) => {
    const { protocol, port }: Preset = PRESETS[each]
    return port !== undefined && protocol === numbers.protocol && port === numbers.min && port === numbers.max
  })
  return name === undefined ? null : PRESETS[name].label.replace(/ (over|\().*/, '')
}
