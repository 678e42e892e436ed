// HostDiff → the exact commands of one host, in an order that is safe at every point in between:
// things that use devices stop first; links appear; OVS ports come dead and unpatched; flows go in as one bundle per
// bridge; only then are patch peers and tags set and old ports removed (reference §19.2); namespaces are filled; servers
// and VMs start; what is left over goes; and only what has become
// true is what a restart brings back. Removal is the same order seen from the other end, so one list serves both.

import type { HostDiff } from '../diff/host-diff'
import type { Step } from '../plan/plan'
import { renderFdb } from './fdb'
import { renderBundles } from './flows'
import { renderDnsmasqStart, renderDnsmasqStop } from './dnsmasq'
import { renderDomainStart, renderDomainStop } from './domains'
import { renderIptables } from './iptables'
import { renderAbandoned, renderInsideNamespaces, renderLinkRemoval, renderLinks, renderMoves, renderNamespaces, renderOffload } from './links'
import { renderConnect, renderPrepare } from './ovs'
import { renderRestoreUnit } from './restore-unit'
import { renderSysctls } from './sysctls'
import { renderTapLinkRemoval, renderTapLinks } from './tap-links'
import type { StepDraft } from './step-draft'

export function renderSteps(diff: HostDiff, hostName: string): Step[] {
  const drafts: StepDraft[] = [
    ...renderTapLinkRemoval(diff),
    ...renderDomainStop(diff),
    ...renderDnsmasqStop(diff),
    ...renderNamespaces(diff),
    ...renderLinks(diff),
    ...renderSysctls(diff),
    ...renderFdb(diff),
    ...renderOffload(diff),
    ...renderPrepare(diff),
    ...renderBundles(diff),
    ...renderConnect(diff),
    ...renderAbandoned(diff),
    ...renderMoves(diff),
    ...renderInsideNamespaces(diff),
    ...renderIptables(diff),
    ...renderDnsmasqStart(diff),
    ...renderDomainStart(diff),
    ...renderTapLinks(diff),
    ...renderLinkRemoval(diff),
    ...renderRestoreUnit(diff),
  ]
  return drafts.map((draft, index) => ({ ...draft, id: `${hostName}/${index + 1}` }))
}
