// Where each OpenFlow field sits in a packet that is kept as 32-bit words, the way Open vSwitch keeps its `struct flow`: a match
// is then a mask over words, a lookup a hash of masked words, and fields that share their bits in Open vSwitch share them here:
// xreg0 is reg0 and reg1, xxreg0 is reg0 to reg3, arp_spa is nw_src, arp_op is nw_proto, icmp_type is tp_src (lib/flow.h, lib/meta-flow.c).

export interface Slot {
  /** The most significant word; the others follow. */
  readonly word: number
  /** Of the lowest bit in the last word; 0 for fields wider than a word. */
  readonly shift: number
  readonly bits: number
  /** Those of its bits that a flow reads and writes; the others read as 0. */
  readonly own: bigint
}

/** Bits of one word that are looked at or written. */
export interface MaskedWord {
  readonly word: number
  readonly value: number
  readonly mask: number
}

export const onesOf = (bits: number): bigint => (1n << BigInt(bits)) - 1n

const REGISTERS = Array.from({ length: 16 }, (_, index): [string, number] => [`reg${index}`, 32])

/** Every field with bits of its own, in order. */
const OWN: readonly (readonly [name: string, bits: number])[] = [
  ['in_port', 32], ...REGISTERS, ['metadata', 64], ['actset_output', 32], ['conj_id', 32],
  ['pkt_mark', 32], ['skb_priority', 32], ['dp_hash', 32], ['recirc_id', 32],
  ['tun_id', 64], ['tun_src', 32], ['tun_dst', 32], ['tun_ipv6_src', 128], ['tun_ipv6_dst', 128],
  ['ct_state', 32], ['ct_zone', 16], ['ct_mark', 32], ['ct_label', 128], ['ct_nw_proto', 8], ['ct_nw_src', 32], ['ct_nw_dst', 32],
  ['ct_ipv6_src', 128], ['ct_ipv6_dst', 128], ['ct_tp_src', 16], ['ct_tp_dst', 16],
  ['dl_src', 48], ['dl_dst', 48], ['dl_type', 16], ['vlan_tci', 16], ['vlan_tpid', 16], ['vlan_tci1', 16], ['vlan_tpid1', 16],
  ['nw_src', 32], ['nw_dst', 32], ['ipv6_src', 128], ['ipv6_dst', 128], ['ipv6_label', 20],
  ['nw_proto', 8], ['nw_tos', 8], ['nw_ttl', 8], ['nw_frag', 2],
  ['arp_sha', 48], ['arp_tha', 48], ['nd_target', 128], ['tp_src', 16], ['tp_dst', 16], ['tcp_flags', 12],
] // prettier-ignore

/** nw_tos is the DSCP alone: its two low bits are the ECN's (MFF_IP_DSCP). */
const IN_PART: Readonly<Record<string, bigint>> = { nw_tos: 0xfcn }

const wordsOf = (bits: number): number => Math.ceil(bits / 32)

function placeOwn(): Map<string, Slot> {
  const slots = new Map<string, Slot>()
  let word = 0
  for (const [name, bits] of OWN) {
    slots.set(name, { word, shift: 0, bits, own: IN_PART[name] ?? onesOf(bits) })
    word += wordsOf(bits)
  }
  return slots
}

const slots = placeOwn()
export const WORDS: number = OWN.reduce((sum, [, bits]) => sum + wordsOf(bits), 0)

function alias(name: string, of: string, shift = 0, bits: number = slotOf(of).bits): void {
  slots.set(name, { word: slotOf(of).word, shift, bits, own: onesOf(bits) })
}

/** Bugs only: the name is one of this file. */
export function slotOf(name: string): Slot {
  const slot = slots.get(name)
  if (!slot) throw new Error(`No packet field ${name}`)
  return slot
}

for (let index = 0; index < 8; index++) alias(`xreg${index}`, `reg${index * 2}`, 0, 64)
for (let index = 0; index < 4; index++) alias(`xxreg${index}`, `reg${index * 4}`, 0, 128)
alias('vlan_vid', 'vlan_tci', 0, 13)
alias('dl_vlan', 'vlan_tci', 0, 12)
alias('dl_vlan_pcp', 'vlan_tci', 13, 3)
alias('ip_dscp', 'nw_tos', 2, 6)
alias('nw_ecn', 'nw_tos', 0, 2)
alias('arp_op', 'nw_proto')
alias('arp_spa', 'nw_src')
alias('arp_tpa', 'nw_dst')
alias('nd_sll', 'arp_sha')
alias('nd_tll', 'arp_tha')
alias('icmp_type', 'tp_src')
alias('icmp_code', 'tp_dst')

/** undefined: a field that nothing is known of here (tunnel options, MPLS, NSH). */
export const findSlot = (name: string): Slot | undefined => slots.get(name)

/** Every word that a field has bits in. */
export const wordsIn = (name: string): readonly number[] => wholeField(name).map(({ word }) => word)

export const firstWord = (name: string): number => slotOf(name).word

const WORD_BITS = 32n
const ALL = 0xffffffffn

/** A value and mask in a slot, as masked words; words with an empty mask are left out. */
export function maskWords({ word, shift, bits, own }: Slot, value: bigint, mask: bigint): MaskedWord[] {
  const last = word + wordsOf(shift + bits) - 1
  const [shiftedValue, shiftedMask] = [value << BigInt(shift), (mask & own) << BigInt(shift)]
  const result: MaskedWord[] = []
  for (let index = last; index >= word; index--) {
    const by = BigInt(last - index) * WORD_BITS
    const wordMask = Number((shiftedMask >> by) & ALL)
    if (wordMask !== 0) result.unshift({ word: index, value: (Number((shiftedValue >> by) & ALL) & wordMask) >>> 0, mask: wordMask })
  }
  return result
}

const whole = new Map([...slots].map(([name, slot]) => [name, maskWords(slot, 0n, onesOf(slot.bits))]))

/** All bits of a field of this file. */
export const wholeField = (name: string): readonly MaskedWord[] => whole.get(name) ?? []
