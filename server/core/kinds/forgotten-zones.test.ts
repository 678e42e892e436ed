import { describe, expect, it } from 'vitest'
import { diffHost } from '../diff/host-diff'
import { emptyHostState, type HostState } from '../host/host-state'
import { renderSteps } from '../render/render-steps'

/** `tap1 5`: what comes by tap1 gets zone 5. */
const giving = (...given: readonly string[]): HostState => ({
  ...emptyHostState,
  iptables: (['ipv4', 'ipv6'] as const).map((family) => ({
    netns: '',
    family,
    table: 'raw',
    chain: 'tapline-PREROUTING',
    policy: null,
    rules: given.map((each) => each.replace(/(\S+) (\d+)/, '-m physdev --physdev-in $1 -j CT --zone $2')),
  })),
})

const forgotten = (from: HostState, to: HostState): readonly string[] =>
  renderSteps(diffHost(to, from), 'host').flatMap(({ title, command }) =>
    title.startsWith('Forget') ? (command.stdin ?? '').trim().split('\n') : [],
  )

describe('forgetZones', () => {
  it.each<[string, readonly string[], readonly string[], readonly string[]]>([
    ['a zone that nobody has any more', ['tap1 5', 'tap2 6'], ['tap2 6'], ['5']],
    ['each once, though both families have it', ['qvb1 5', 'tap1 5'], [], ['5']],
    ['one that another port gets in the same plan', ['tap1 5', 'tap2 6'], ['tap3 5', 'tap2 6'], ['5']],
    ['both of two ports that change places', ['tap1 5', 'tap2 6'], ['tap1 6', 'tap2 5'], ['5', '6']],
    ['the former one of a port that gets another', ['tap1 5'], ['tap1 7'], ['5']],
    ['nothing of a port that is new', ['tap1 5'], ['tap1 5', 'tap2 6'], []],
    ['nothing where the rules are only in another order', ['tap1 5', 'tap2 6'], ['tap2 6', 'tap1 5'], []],
    ['nothing of what a host lost and gets again', [], ['tap1 5'], []],
  ])('forgets %s', (_, from, to, zones) => {
    expect(forgotten(giving(...from), giving(...to))).toEqual(zones)
  })

  it('does so on a way back, too', () => {
    expect(forgotten(giving('tap3 5'), giving('tap1 5'))).toEqual(['5'])
  })
})
