// Zooming out of a host that is a VM: all its hops become one, which stands on the host that the VM runs on. Pure.

import type { HopDetail } from '@/server/core/path/hop-params'
import type { Agreement, NestedHost, PathHop } from '@/server/core/path/path'

const FOLDED = 'folded/'

/** The inner host that a hop stands for; null for a hop like any other. */
export const foldedHostOf = (hopId: string): string | null => (hopId.startsWith(FOLDED) ? hopId.slice(FOLDED.length) : null)

/** Hosts that a hop is inside of, the outermost first and its own last. */
export function hostChain(hostId: string | null, nested: readonly NestedHost[]): readonly string[] {
  if (hostId === null) return []
  const outer = nested.find((each) => each.hostId === hostId)
  return [...hostChain(outer?.outerHostId ?? null, nested), hostId]
}

export function foldNested(hops: readonly PathHop[], nested: readonly NestedHost[], folded: readonly string[]): readonly PathHop[] {
  const vmOf = (hop: PathHop) => {
    const hostId = hostChain(hop.place.hostId, nested).find((id) => folded.includes(id))
    return nested.find((each) => each.hostId === hostId) ?? null
  }
  return hops.reduce<PathHop[]>((drawn, hop) => {
    const vm = vmOf(hop)
    const last = drawn.at(-1)
    if (vm === null) return [...drawn, hop]
    if (last?.id === FOLDED + vm.hostId) return [...drawn.slice(0, -1), joined(last, hop)]
    return [...drawn, start(vm, hop, hops)]
  }, [])
}

function start({ hostId, hostName, vmName, outerHostId }: NestedHost, hop: PathHop, hops: readonly PathHop[]): PathHop {
  const outerName = hops.find((each) => each.place.hostId === outerHostId)?.hostName ?? null
  return {
    ...hop,
    id: FOLDED + hostId,
    place: { hostId: outerHostId, netns: '', kind: 'guest', device: vmName },
    hostName: outerName,
    role: 'inner-host',
    detail: { code: 'hops-inside', params: { host: hostName, count: 1 } },
    doubts: [],
    alsoTo: [],
    translationFlowKey: null,
    proof: { method: 'none', reason: { code: 'hops-inside', params: {} } },
    counters: null,
  }
}

const joined = (folded: PathHop, hop: PathHop): PathHop => ({
  ...folded,
  detail: oneMore(folded.detail),
  encapsulation: hop.encapsulation,
  linkToNext: hop.linkToNext,
  intent: worse(folded.intent, hop.intent),
  host: worse(folded.host, hop.host),
  traffic: worse(folded.traffic, hop.traffic),
  finding: folded.finding ?? hop.finding,
})

const oneMore = (detail: HopDetail): HopDetail =>
  detail.code === 'hops-inside' ? { ...detail, params: { ...detail.params, count: detail.params.count + 1 } } : detail

/** What differs anywhere differs; what was checked somewhere was checked. */
function worse(one: Agreement, other: Agreement): Agreement {
  if (one === 'differs' || other === 'differs') return 'differs'
  return one === 'agrees' || other === 'agrees' ? 'agrees' : 'unchecked'
}
