// What a frame wears, in the words of the translation strip (short) and of the evidence (long; docs/reference/frames.md).

import type { Encapsulation } from '../path/path'

/** As it stands in the strip: "tag 3 (local)". */
export function explainEncapsulation(encapsulation: Encapsulation): string {
  switch (encapsulation.kind) {
    case 'untagged':
      return 'untagged'
    case 'local-vlan':
      return `tag ${encapsulation.vlan} (local)`
    case 'guest-vlan':
      return `guest VLAN ${encapsulation.vlanId}`
    case 'dot1q':
      return `VLAN ${encapsulation.vlanId}`
    case 'vxlan':
      return `VNI ${encapsulation.vni}`
  }
}

/** For narrow places, where the colour already says which kind it is. */
export function abbreviateEncapsulation(encapsulation: Encapsulation): string {
  switch (encapsulation.kind) {
    case 'untagged':
      return '–'
    case 'local-vlan':
      return String(encapsulation.vlan)
    case 'guest-vlan':
      return String(encapsulation.vlanId)
    case 'dot1q':
      return String(encapsulation.vlanId)
    case 'vxlan':
      return String(encapsulation.vni)
  }
}

/** The header that a capture should show. */
export function explainHeader(encapsulation: Encapsulation): string {
  switch (encapsulation.kind) {
    case 'untagged':
      return 'untagged Ethernet'
    case 'local-vlan':
      return `local VLAN ${encapsulation.vlan}, inside Open vSwitch only`
    case 'guest-vlan':
      return `802.1Q tag ${encapsulation.vlanId}, set by the guest`
    case 'dot1q':
      return `802.1Q tag ${encapsulation.vlanId}`
    case 'vxlan':
      return `outer IP/UDP 4789 ${encapsulation.source} → ${encapsulation.destination}, VNI ${encapsulation.vni}, inner frame untagged`
  }
}

/** What happens to the header where one follows the other. */
export function explainTranslation(from: Encapsulation, to: Encapsulation): string {
  if (from.kind === 'untagged') return putOn(to)
  if (to.kind === 'untagged') return takeOff(from)
  return `${takeOff(from)}, ${putOn(to)}`
}

export function isSameEncapsulation(a: Encapsulation, b: Encapsulation): boolean {
  return a.kind === b.kind && explainHeader(a) === explainHeader(b)
}

function putOn(encapsulation: Encapsulation): string {
  switch (encapsulation.kind) {
    case 'untagged':
      return 'nothing is put on'
    case 'local-vlan':
      return `local VLAN ${encapsulation.vlan} is set`
    case 'guest-vlan':
      return `guest VLAN ${encapsulation.vlanId} is set`
    case 'dot1q':
      return `802.1Q tag ${encapsulation.vlanId} is set`
    case 'vxlan':
      return `VNI ${encapsulation.vni} is set towards ${encapsulation.destination}`
  }
}

function takeOff(encapsulation: Encapsulation): string {
  switch (encapsulation.kind) {
    case 'untagged':
      return 'nothing is taken off'
    case 'local-vlan':
      return `local VLAN ${encapsulation.vlan} is taken off`
    case 'guest-vlan':
      return `guest VLAN ${encapsulation.vlanId} is taken off`
    case 'dot1q':
      return `802.1Q tag ${encapsulation.vlanId} is taken off`
    case 'vxlan':
      return `VNI ${encapsulation.vni} is taken off`
  }
}
