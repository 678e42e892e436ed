import { describe, expect, it } from 'vitest'
import { findEndpoint } from './list-endpoints'
import { judgeDhcp, type DhcpFacts } from './judge-dhcp'
import { Cloud, networkId, ports } from './testing/cloud'

const { topology } = new Cloud({ type: 'vxlan' })
const subnet = { id: 's', networkId, name: 's', cidr: '10.0.0.0/24', gatewayIp: null, isDhcpEnabled: true, dnsNameservers: [], allocationPools: [] }
const judge = (facts: DhcpFacts, isDhcpEnabled = true) =>
  judgeDhcp({ ...topology, subnets: [{ ...subnet, isDhcpEnabled }] }, findEndpoint(topology, ports.web1)!, facts)
const lease = (ipAddress: string) => [{ expiresAt: 0, macAddress: 'FA:16:3E:00:00:01', ipAddress, hostname: 'h', clientId: '*' }]

describe('judgeDhcp', () => {
  it.each([
    ['lease and guest agree', { leases: lease('10.0.0.5'), guestAddresses: ['10.0.0.5'] }, 'ok', 'web1 has its lease and uses 10.0.0.5'],
    ['the guest was not asked', { leases: lease('10.0.0.5'), guestAddresses: null }, 'ok', 'The server leased 10.0.0.5 to web1; the guest was not asked'],
    ['no lease', { leases: [], guestAddresses: ['10.0.0.5'] }, 'no_lease', 'The server has no lease for web1'],
    ['another lease', { leases: lease('10.0.0.9'), guestAddresses: null }, 'address_differs', 'The server leased 10.0.0.9 to web1, its port has 10.0.0.5'],
    ['the guest has none', { leases: lease('10.0.0.5'), guestAddresses: [] }, 'address_differs', 'The server leased 10.0.0.5 to web1, but the guest has no address'],
    ['the guest has another', { leases: lease('10.0.0.5'), guestAddresses: ['10.0.5.9'] }, 'address_differs', 'web1 has 10.0.5.9, its port has 10.0.0.5'],
    ['the server could not be asked', { leases: null, guestAddresses: null }, 'not_checked', 'The leases of net-a could not be read'],
  ])('%s', (_, facts, status, message) => expect(judge(facts)).toMatchObject({ status, message }))

  it('has nothing to say where no subnet has DHCP', () => {
    expect(judge({ leases: [], guestAddresses: null }, false)).toMatchObject({ status: 'not_checked', expectedAddress: null })
  })
})
