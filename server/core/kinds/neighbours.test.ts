import { describe, expect, it } from 'vitest'
import { said as quote } from '../quoted'
import { diffHost, isEmptyDiff } from '../diff/host-diff'
import { emptyHostState } from '../host/host-state'
import type { Link } from '../host/link'
import type { PermanentNeighbour } from '../host/neighbour'
import { unknownPartOf } from '../host/unknown-parts'
import { planned, stateOf } from '../testing/planned'

const netns = 'qrouter-1'
const owner = { kind: 'network', id: 'aa000001-0000-4000-8000-000000000001' } as const
const link = (macAddress: string): Link => ({ netns, name: 'qr-1', type: 'ovs-internal', owner, macAddress })
const neighbour = (last: number, more: Partial<PermanentNeighbour> = {}): PermanentNeighbour => ({
  netns,
  link: 'qr-1',
  address: `10.0.0.${last}`,
  macAddress: `02:00:00:00:00:0${last}`,
  ...more,
})
const state = (neighbours: readonly PermanentNeighbour[], mac = 'fa:16:3e:00:00:01') =>
  stateOf({ namespaces: [{ name: netns, owner }], links: [link(mac)], neighbours })

describe('permanent neighbours', () => {
  it('come, change and go in the batch of their namespace', () => {
    expect(planned(state([neighbour(4), neighbour(5)]), state([neighbour(5, { macAddress: '02:00:00:00:00:99' }), neighbour(6)]))).toEqual([
      `${netns}: neigh del 10.0.0.6 dev qr-1`,
      `${netns}: neigh replace 10.0.0.4 lladdr 02:00:00:00:00:04 dev qr-1 nud permanent`,
      `${netns}: neigh replace 10.0.0.5 lladdr 02:00:00:00:00:05 dev qr-1 nud permanent`,
    ])
    expect(planned(state([neighbour(4)]), state([neighbour(4)]))).toEqual([])
  })

  it('[DIFF-24] come again when their device gets another address: the kernel forgets them all', () => {
    expect(planned(state([neighbour(4)]), state([neighbour(4)], '02:00:00:00:00:77'))).toEqual([
      `${netns}: link set dev qr-1 address fa:16:3e:00:00:01`,
      `${netns}: neigh replace 10.0.0.4 lladdr 02:00:00:00:00:04 dev qr-1 nud permanent`,
    ])
  })

  it('go with their device', () => {
    const without = { ...state([]), links: [] }
    const abandoned = { ...state([neighbour(4)]), links: [{ ...link('fa:16:3e:00:00:01'), type: 'other' as const }] }
    expect(planned(without, abandoned)).toEqual([`${netns}: link del dev qr-1`])
  })

  it('of foreign namespaces and devices stay', () => {
    expect(
      isEmptyDiff(diffHost(emptyHostState, stateOf({ neighbours: [neighbour(4, { netns: '' }), neighbour(5, { netns: 'other' })] }))),
    ).toBe(true)
  })

  it('[PLAN-25] are not known where their namespace, or a line of them, was not read', () => {
    const part = (section: string) =>
      unknownPartOf({ unparsed: [{ section, text: '', reason: quote('exit code 1') }] }, 'neighbours', { netns })?.section
    expect([part(`ip ${netns}`), part(`neigh ${netns}`), part('neigh other')]).toEqual([`ip ${netns}`, `neigh ${netns}`, undefined])
  })
})
