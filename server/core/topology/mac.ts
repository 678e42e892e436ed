// MAC addresses in their one written form: six pairs of small hex digits with colons.

const MAC = /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/

/** Neutron's base_mac, and dvr_base_mac for the one address per host (docs/reference/names-and-ids.md). They must differ. */
export const PORT_MAC_BASE = 'fa:16:3e'
export const DVR_MAC_BASE = 'fa:16:3f'
/** NICs of nested uplinks: in no other use, so that a capture tells them at sight. */
export const UPLINK_MAC_BASE = 'fa:16:3d'
/** Physical networks of inner clouds take the first of these that is free on their wire (docs/reference/nested-uplinks.md). */
export const INNER_MAC_BASES = Array.from({ length: 192 }, (_, index) => `fa:16:${(0x40 + index).toString(16)}`)

const MAC_BASE = /^[0-9a-f]{2}(:[0-9a-f]{2}){2}$/
/** As Neutron's base_mac with the first three octets in use; null when it is none. */
export function normalizeMacBase(text: string): string | null {
  const normalized = text
    .trim()
    .toLowerCase()
    .replaceAll('-', ':')
    .replace(/(:00){3}$/, '')
  return MAC_BASE.test(normalized) ? normalized : null
}

/** Accepts capitals and hyphens, as people paste them; null when it is no MAC. */
export function normalizeMac(text: string): string | null {
  const normalized = text.trim().toLowerCase().replaceAll('-', ':')
  return MAC.test(normalized) ? normalized : null
}

export const isZeroMac = (mac: string): boolean => mac === '00:00:00:00:00:00'
export const isBroadcastMac = (mac: string): boolean => mac === 'ff:ff:ff:ff:ff:ff'
/** The group bit: lowest bit of the first octet. */
export const isMulticastMac = (mac: string): boolean => (Number.parseInt(mac.slice(0, 2), 16) & 1) === 1
