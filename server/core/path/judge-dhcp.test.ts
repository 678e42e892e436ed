import { describe, expect, it } from 'vitest'
import { explainLease } from '../explain/verification'
import { findEndpoint } from './list-endpoints'
import { judgeDhcp, type DhcpFacts } from './judge-dhcp'
import { Cloud, networkId, ports } from './testing/cloud'

const { topology } = new Cloud({ type: 'vxlan' })
const subnet = {
  id: 's',
  networkId,
  name: 's',
  cidr: '10.0.0.0/24',
  gatewayIp: null,
  isDhcpEnabled: true,
  dnsNameservers: [],
  allocationPools: [],
}
const judge = (facts: DhcpFacts, isDhcpEnabled = true) =>
  judgeDhcp({ ...topology, subnets: [{ ...subnet, isDhcpEnabled }] }, findEndpoint(topology, ports.web1)!, facts)
const lease = (ipAddress: string) => [{ expiresAt: 0, macAddress: 'FA:16:3E:00:00:01', ipAddress, hostname: 'h', clientId: '*' }]

describe('judgeDhcp', () => {
  it.each([
    [
      'lease and guest agree',
      { server: { hostName: 'net1', leases: lease('10.0.0.5'), isRunning: true }, guestAddresses: ['10.0.0.5'] },
      'agrees',
      'web1 has its lease and uses 10.0.0.5',
    ],
    [
      'the guest was not asked',
      { server: { hostName: 'net1', leases: lease('10.0.0.5'), isRunning: true }, guestAddresses: null },
      'agrees',
      'The server leased 10.0.0.5 to web1; the guest was not asked',
    ],
    [
      'no lease',
      { server: { hostName: 'net1', leases: [], isRunning: true }, guestAddresses: ['10.0.0.5'] },
      'no-lease',
      'The server has no lease for web1',
    ],
    [
      'another lease',
      { server: { hostName: 'net1', leases: lease('10.0.0.9'), isRunning: true }, guestAddresses: null },
      'differs',
      'The server leased 10.0.0.9 to web1, its port has 10.0.0.5',
    ],
    [
      'the guest has none',
      { server: { hostName: 'net1', leases: lease('10.0.0.5'), isRunning: true }, guestAddresses: [] },
      'differs',
      'The server leased 10.0.0.5 to web1, but the guest has no address',
    ],
    [
      'the guest has another',
      { server: { hostName: 'net1', leases: lease('10.0.0.5'), isRunning: true }, guestAddresses: ['10.0.5.9'] },
      'differs',
      'web1 has 10.0.5.9, its port has 10.0.0.5',
    ],
    [
      'the server does not run, the lease goes on',
      { server: { hostName: 'net1', leases: lease('10.0.0.5'), isRunning: false }, guestAddresses: ['10.0.0.5'] },
      'server-down',
      'The DHCP server of net-a does not run on net1: web1 keeps 10.0.0.5 until its lease ends, and gets no next one',
    ],
    [
      'the server does not run, and there is no lease',
      { server: { hostName: 'net1', leases: [], isRunning: false }, guestAddresses: [] },
      'server-down',
      'The DHCP server of net-a does not run on net1: web1 gets no address',
    ],
    [
      'whether it runs is not known',
      { server: { hostName: 'net1', leases: lease('10.0.0.5'), isRunning: null }, guestAddresses: ['10.0.0.5'] },
      'agrees',
      'web1 has its lease and uses 10.0.0.5',
    ],
    ['there is none', { server: null, guestAddresses: null }, 'unchecked', 'The leases of net-a could not be read'],
    [
      'the lease may be in a line that was not understood',
      { server: { hostName: 'net1', leases: [], isPartlyRead: true, isRunning: true }, guestAddresses: ['10.0.0.5'] },
      'unchecked',
      'The leases of net-a could not be read',
    ],
    [
      'a line of another guest was not understood',
      { server: { hostName: 'net1', leases: lease('10.0.0.5'), isPartlyRead: true, isRunning: true }, guestAddresses: ['10.0.0.5'] },
      'agrees',
      'web1 has its lease and uses 10.0.0.5',
    ],
    [
      'the server could not be asked',
      { server: { hostName: 'net1', leases: null, isRunning: true }, guestAddresses: null },
      'unchecked',
      'The leases of net-a could not be read',
    ],
  ])('%s', (_, facts, status, message) => {
    const judged = judge(facts)
    expect([judged.status, explainLease(judged.finding)]).toEqual([status, message])
  })

  it('has nothing to say where no subnet has DHCP', () => {
    expect(judge({ server: { hostName: 'net1', leases: [], isRunning: true }, guestAddresses: null }, false)).toMatchObject({
      status: 'unchecked',
      expectedAddress: null,
    })
  })
})
