import { describe, expect, it } from 'vitest'
import type { Flow } from '../host/flow'
import { compareMember } from './compare-records'

const flow = (table: number, match: string, actions: string, cookie = '0x7461abcdef012345'): Flow => ({
  bridge: 'br-gw',
  table,
  priority: 10,
  match,
  actions,
  cookie,
  owner: null,
})
const out = (address: string, vtep = '192.168.150.12') =>
  flow(
    1,
    `dl_dst=fa:16:3e:99:00:01,ip,nw_src=10.0.3.3,tun_id=0x5e3,tun_src=${vtep}`,
    `set_field:${address}->ip_src,set_field:02:74:61:00:00:02->eth_src,output:gwi-1`,
  )
const back = (address: string, vtep = '192.168.150.12') =>
  flow(2, `ip,nw_dst=${address}`, `set_field:10.0.3.3->ip_dst,set_tunnel:0x5e3,set_field:${vtep}->tun_dst,output:vxlan-gw`)
const base = [flow(0, '', 'drop'), flow(1, 'ip,nw_dst=240.0.0.0/4', 'drop')]
const A = '203.0.113.101'
const desired = [...base, out(A), back(A)]

describe('what a member has of a record', () => {
  it.each<[string, readonly Flow[] | null, ReturnType<ReturnType<typeof compareMember>['stateOf']>]>([
    ['both ways', desired, 'in-step'],
    ['nothing', base, 'missing'],
    ['no bridge', [], 'missing'],
    ['one way', [...base, out(A)], 'stale'],
    ['the way to where the VM was', [...base, out(A, '192.168.150.13'), back(A, '192.168.150.13')], 'stale'],
    ['the old way out beside the new one', [...desired, out(A, '192.168.150.13')], 'stale'],
    ['somebody else’s flows', [...base, { ...out(A), cookie: '0x1' }, { ...back(A), cookie: '0x1' }], 'missing'],
    ['what nobody read', null, 'unknown'],
  ])('%s', (_, observed, state) => expect(compareMember(desired, observed).stateOf(A)).toBe(state))

  it('what no record stands for is left over', () => {
    const gone = '203.0.113.102'
    const { leftovers, stateOf } = compareMember(desired, [...desired, out(gone), back(gone), out('203.0.113.103')])
    expect(stateOf(A)).toBe('in-step')
    expect(leftovers).toEqual([
      { address: gone, vmIp: '10.0.3.3', vtep: '192.168.150.12' },
      { address: '203.0.113.103', vmIp: null, vtep: null },
    ])
  })
})
