// Which NICs a tunnel or a bridge mapping may take, from the last reading. Pure.

import type { HostDetail, HostInside, InsideLink } from '@/server/core/api-types'

export interface NicOption {
  readonly name: string
  /** "ens37, up, 192.168.150.10/24" */
  readonly label: string
  /** Why it must not be taken; null when it may. */
  readonly refusal: string | null
}

/** `needsBare`: a provider NIC must not carry an address, a tunnel NIC may. */
export function nicOptions(inside: HostInside | undefined, facts: HostDetail['facts'], needsBare: boolean): NicOption[] {
  const root = inside?.namespaces.find(({ name }) => name === '')
  const nics = (root?.links ?? []).filter((link) => link.type === 'physical' && link.name !== 'lo')
  return nics.map((nic) => {
    const refusal = refusalOf(nic, facts, needsBare)
    const words = [nic.name, nic.isUp ? 'up' : 'down', ...nic.addresses, ...(refusal ? [refusal] : [])]
    return { name: nic.name, label: words.join(', '), refusal }
  })
}

function refusalOf(nic: InsideLink, facts: HostDetail['facts'], needsBare: boolean): string | null {
  if (facts?.sshLink === nic.name) return 'carries our SSH'
  return needsBare && nic.addresses.length > 0 ? 'has an address' : null
}
