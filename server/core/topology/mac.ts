// MAC addresses in their one written form: six pairs of small hex digits with colons.

const MAC = /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/

/** Neutron's base_mac, and dvr_base_mac for the one address per host (reference §3). They must differ. */
export const PORT_MAC_BASE = 'fa:16:3e'
export const DVR_MAC_BASE = 'fa:16:3f'

/** Accepts capitals and hyphens, as people paste them; null when it is no MAC. */
export function normalizeMac(text: string): string | null {
  const normalized = text.trim().toLowerCase().replaceAll('-', ':')
  return MAC.test(normalized) ? normalized : null
}

export const isZeroMac = (mac: string): boolean => mac === '00:00:00:00:00:00'
export const isBroadcastMac = (mac: string): boolean => mac === 'ff:ff:ff:ff:ff:ff'
/** The group bit: lowest bit of the first octet. */
export const isMulticastMac = (mac: string): boolean => (Number.parseInt(mac.slice(0, 2), 16) & 1) === 1
