// What the operator has at hand (a name, an address, a MAC in any spelling, a port id, a device name) → endpoints. Pure.

import type { Endpoint } from '@/server/core/path/path'

const DEVICE_PREFIX = /^(tap|qbr|qvb|qvo|[ts]p[ti]-|q[rg]-)(?=[0-9a-f])/

export function findEndpoints(endpoints: readonly Endpoint[], query: string): readonly Endpoint[] {
  const words = query
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  return words.length === 0 ? endpoints : endpoints.filter((endpoint) => words.every((word) => hasWord(endpoint, word)))
}

function hasWord(endpoint: Endpoint, word: string): boolean {
  const texts = [endpoint.label, endpoint.networkName, endpoint.hostName, endpoint.ipAddress ?? '']
  if (texts.some((text) => text.toLowerCase().includes(word))) return true
  if (endpoint.portId.startsWith(word.replace(DEVICE_PREFIX, ''))) return true
  return hasMac(endpoint.macAddress, word)
}

/** fa:16:3e:5c, fa-16-3e-5c and fa163e5c are the same; single letters are no MAC. */
function hasMac(macAddress: string, word: string): boolean {
  const digits = word.replaceAll(/[:.-]/g, '')
  return /^[0-9a-f]{4,12}$/.test(digits) && macAddress.replaceAll(':', '').toLowerCase().includes(digits)
}

/** "web-1  10.0.5.9", as printed in the closed picker. */
export const endpointText = (endpoint: Endpoint): string =>
  endpoint.ipAddress === null ? endpoint.label : `${endpoint.label} ${endpoint.ipAddress}`
