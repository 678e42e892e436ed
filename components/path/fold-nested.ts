// Zooming out of a host that is a VM: all its hops become one, which stands on the host that the VM runs on. Pure.

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
    const hostId = hostChain(hop.hostId, nested).find((id) => folded.includes(id))
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
  const outerName = hops.find((each) => each.hostId === outerHostId)?.hostName ?? null
  return {
    ...hop,
    id: FOLDED + hostId,
    hostId: outerHostId,
    hostName: outerName,
    lane: 'inner-host',
    netns: '',
    device: vmName,
    detail: `host ${hostName}, 1 hop inside`,
    translationFlowKey: null,
    proof: { method: 'none', reason: 'Its hops are inside' },
    counters: null,
  }
}

const joined = (folded: PathHop, hop: PathHop): PathHop => ({
  ...folded,
  detail: folded.detail.replace(/(\d+) hops? inside$/, (_, count: string) => `${Number(count) + 1} hops inside`),
  encapsulation: hop.encapsulation,
  linkToNext: hop.linkToNext,
  intent: worse(folded.intent, hop.intent),
  host: worse(folded.host, hop.host),
  traffic: worse(folded.traffic, hop.traffic),
  finding: folded.finding ?? hop.finding,
})

/** What differs anywhere differs; what was checked somewhere was checked. */
function worse(one: Agreement, other: Agreement): Agreement {
  if (one === 'differs' || other === 'differs') return 'differs'
  return one === 'agrees' || other === 'agrees' ? 'agrees' : 'unchecked'
}
