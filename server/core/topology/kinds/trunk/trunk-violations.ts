// The rules of a trunk, each with the values that its sentence needs, and the sentence (../../violation.ts).

import type { Messages } from '../../../explain/message'
import { joinQuoted, quoted } from '../../../explain/words'
import type { Names, Limits } from '../../rule-values'
import type { NetworkType } from '../network/network'

export interface TrunkRules {
  'trunk-parent-device': { port: string }
  'trunk-parent-unique': { port: string; trunk: string }
  /** `trunk`: null for the one that is edited. */
  'trunk-no-nesting': { port: string; is: 'subport' | 'parent'; trunk: string | null }
  'trunk-parent-bound': { vm: string }
  'trunk-admin-state': { trunk: string }
  'trunk-segmentation-unique': { vlan: number; port: string }
  'trunk-segmentation-range': Limits
  'trunk-segmentation-required': {}
  'trunk-segmentation-type': {}
  'trunk-inherit-vlan': { network: string; type: NetworkType | null }
  'trunk-port-given': {}
  'subport-listed-once': { port: string }
  'subport-unique': { port: string; trunk: string }
  'subport-without-device': { port: string }
  'subport-of-trunk': { port: string; trunk: string }
  /** One subport; or the trunks in which a network would be too large. */
  'subport-mtu': { network: string; mtu: number; parent: string; carries: number } | { mtu: number; trunks: Names }
}

export const trunkViolations: Messages<TrunkRules> = {
  'trunk-parent-device': ({ port }) => `${quoted(port)} is a port of the console's own; the parent of a trunk is a VM's.`,
  'trunk-parent-unique': ({ port, trunk }) => `${quoted(port)} is the parent of ${quoted(trunk)} already; a port has one trunk.`,
  'trunk-no-nesting': ({ port, is, trunk }) => {
    const what = is === 'parent' ? 'the parent' : 'a subport'
    return trunk === null
      ? `${quoted(port)} is ${what} of this trunk.`
      : `${quoted(port)} is ${what} of ${quoted(trunk)}; trunks do not nest.`
  },
  'trunk-parent-bound': ({ vm }) =>
    `The port is bound: VM ${quoted(vm)} has booted with it, and Open vSwitch cannot turn it into a trunk. Make the trunk first, then the VM.`,
  'trunk-admin-state': ({ trunk }) => `${quoted(trunk)} is administratively down and cannot be changed. Set it up first.`,
  'trunk-segmentation-unique': ({ vlan, port }) =>
    `VLAN ${vlan} of this trunk is taken by ${quoted(port)}; each subport has an id of its own.`,
  'trunk-segmentation-range': ({ least, most }) => `The segmentation id of a subport is a whole number from ${least} to ${most}.`,
  'trunk-segmentation-required': () => 'A subport needs a segmentation type and id, or the type "inherit".',
  'trunk-segmentation-type': () => 'The segmentation type of a subport is "vlan" or "inherit".',
  'trunk-inherit-vlan': ({ network, type }) =>
    `Network ${quoted(network)} is ${type ?? 'unknown'}: only a VLAN network has an id to inherit. Give a type and id.`,
  'trunk-port-given': () => 'Choose a port, or a network to make one in.',
  'subport-listed-once': ({ port }) => `${quoted(port)} is listed twice.`,
  'subport-unique': ({ port, trunk }) => `${quoted(port)} is a subport of ${quoted(trunk)} already.`,
  'subport-without-device': ({ port }) => `${quoted(port)} is used by a device; a subport has none.`,
  'subport-of-trunk': ({ port, trunk }) => `${quoted(port)} is no subport of ${quoted(trunk)}.`,
  'subport-mtu': (wide) =>
    'trunks' in wide
      ? `With an MTU of ${wide.mtu} a subport's network would exceed its parent's in ${joinQuoted(wide.trunks)}.`
      : `Network ${quoted(wide.network)} has MTU ${wide.mtu}, the parent's network ${quoted(wide.parent)} carries ${wide.carries}. Lower the former.`,
}
