// What the operator has at hand (a name, an address, a MAC in any spelling, a port id, a device name) → ends of a path. An address that nobody in the
// cloud has is somebody's outside. Pure.

import { isAddress, mayBeOutside } from '@/server/core/path/end'
import type { Endpoint } from '@/server/core/path/path'

/** As a list offers it. */
export interface EndOption {
  readonly id: string
  readonly label: string
  readonly address: string
  /** Where it is. */
  readonly place: string
  readonly badge: { readonly text: string; readonly title: string } | null
}

const DEVICE_PREFIX = /^(tap|qbr|qvb|qvo|[ts]p[ti]-|[qs][rg]-)(?=[0-9a-f])/

export function findEnds(endpoints: readonly Endpoint[], query: string): readonly EndOption[] {
  const text = query.trim()
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  const found = words.length === 0 ? endpoints : endpoints.filter((endpoint) => words.every((word) => hasWord(endpoint, word)))
  const isKnown = found.some(({ ipAddress, floatingIp }) => ipAddress === text || floatingIp?.address === text)
  return [...found.map(optionOf), ...(mayBeOutside(text) && !isKnown ? [outsideOption(text)] : [])]
}

/** What stands in the closed list; '' for what is no end. */
export function endText(endpoints: readonly Endpoint[], id: string | null): string {
  const endpoint = endpoints.find((each) => each.id === id)
  if (!endpoint) return id !== null && isAddress(id) ? `${id} outside` : ''
  const address = endpoint.floatingIp?.address ?? endpoint.ipAddress
  return address === null ? endpoint.label : `${endpoint.label} ${address}`
}

function hasWord(endpoint: Endpoint, word: string): boolean {
  const { label, networkName, hostName, ipAddress, floatingIp, portId } = endpoint
  const texts = [label, networkName, hostName, ipAddress ?? '', floatingIp?.address ?? '', floatingIp ? FLOATING.text : '']
  if (texts.some((text) => text.toLowerCase().includes(word))) return true
  if (portId?.startsWith(word.replace(DEVICE_PREFIX, '')) || floatingIp?.id.startsWith(word)) return true
  return hasMac(endpoint.macAddress, word)
}

/** fa:16:3e:5c, fa-16-3e-5c and fa163e5c are the same; single letters are no MAC. */
function hasMac(macAddress: string, word: string): boolean {
  const digits = word.replaceAll(/[:.-]/g, '')
  return /^[0-9a-f]{4,12}$/.test(digits) && macAddress.replaceAll(':', '').toLowerCase().includes(digits)
}

const FLOATING = { text: 'floating IP', title: 'As destination it is asked for by its floating IP, and translated' }
const FOUND = { text: 'as found', title: 'In no design: it was found on a host that is read only' }
const OUTSIDE = { text: 'outside', title: 'Nobody of the cloud has this address' }

const optionOf = ({ id, label, ipAddress, macAddress, floatingIp, networkName, hostName, isFound }: Endpoint): EndOption => ({
  id,
  label,
  address: floatingIp?.address ?? ipAddress ?? macAddress,
  place: `${networkName} · ${hostName}`,
  badge: floatingIp ? FLOATING : isFound ? FOUND : null,
})

const outsideOption = (address: string): EndOption => ({ id: address, label: 'Address outside', address, place: '', badge: OUTSIDE })
