// VMs: define and start through libvirt, destroy and undefine when they go. NICs come to a running VM and go from it while it
// runs (plug-nics.ts); a VM that is changed otherwise is rebuilt, and the blast radius says so.

import { changeCommand } from '../../commands/command'
import type { Changed, HostDiff } from '../../diff/kind-diff'
import { isOwnNic, titleOf, type Domain } from '../../host/domain'
import { isOnlyStopped, isRebuilt, isRenamed, isResumed, linksUp, nicChangeOf } from './domain-change'
import { renderDomainXml } from './domain-xml'
import { plugNics, unplugNics } from './plug-nics'
import { LIBVIRT_TIMEOUT, virsh } from './virsh'
import type { RestoreGuard } from '../restore-guard'
import type { StepDraft } from '../../render/step-draft'

export function stopDomains(diff: HostDiff): StepDraft[] {
  const rebuilt = diff.domains.changed.filter(isRebuilt).map((change) => change.from)
  const halted = diff.domains.changed.filter((change) => isOnlyStopped(change) && !change.to.isRunning)
  return [
    ...diff.domains.removed.flatMap((domain) => [...stop(domain), undefine(domain)]),
    ...rebuilt.flatMap((domain) => [...stop(domain), undefine(domain)]),
    ...halted.flatMap((change) => stop(change.from)),
    ...diff.domains.changed.flatMap((change) => unplugNics(change.from, nicChangeOf(change))),
  ]
}

const stop = (domain: Domain): StepDraft[] =>
  domain.isRunning
    ? [
        {
          title: `Stop VM ${titleOf(domain)}`,
          reason: 'Its devices are about to go.',
          command: changeCommand(virsh('destroy', domain.uuid), LIBVIRT_TIMEOUT),
        },
      ]
    : []

const undefine = (domain: Domain): StepDraft => ({
  title: `Undefine VM ${titleOf(domain)}`,
  reason: 'It no longer belongs to this host.',
  command: changeCommand(virsh('undefine', domain.uuid), LIBVIRT_TIMEOUT),
})

export function startDomains(diff: HostDiff): StepDraft[] {
  const rebuilt = diff.domains.changed.filter(isRebuilt).map((change) => change.to)
  const started = diff.domains.changed.filter((change) => isOnlyStopped(change) && change.to.isRunning)
  return [
    ...[...diff.domains.added, ...rebuilt].flatMap((domain) => [define(domain), ...(domain.isRunning ? [start(domain)] : [])]),
    // Of one that is off it is the definition that says so.
    ...diff.domains.changed.flatMap((change) => linksUp(change).map((macAddress) => connect(change.to, macAddress))),
    ...started.map((change) => start(change.to)),
    ...diff.domains.changed.filter(isResumed).map(({ from }) => resume(from)),
    ...diff.domains.changed.flatMap((change) => plugNics(change.to, nicChangeOf(change))),
    ...diff.domains.changed.filter(isRenamed).map(rename),
  ]
}

/** Nothing but a word of libvirt: the guest and its devices know nothing of it. */
const rename = ({ from, to }: Changed<Domain>): StepDraft => ({
  title: `Call VM ${titleOf(from)} ${titleOf(to)}`,
  reason: 'Its name is another one; it goes on as it is.',
  command: changeCommand(
    virsh('desc', to.uuid, '--title', '--config', ...(to.isRunning ? ['--live'] : []), '--new-desc', titleOf(to)),
    LIBVIRT_TIMEOUT,
  ),
})

const resume = (domain: Domain): StepDraft => ({
  title: `Let VM ${titleOf(domain)} go on`,
  reason: `It is ${domain.state?.name ?? ''}: it neither sends nor answers.`,
  command: changeCommand(virsh(domain.state?.name === 'pmsuspended' ? 'dompmwakeup' : 'resume', domain.uuid), LIBVIRT_TIMEOUT),
})

const connect = (domain: Domain, macAddress: string): StepDraft => ({
  title: `Link of NIC ${macAddress} of VM ${titleOf(domain)} up`,
  reason: 'Its cable is out: the guest has a card that leads nowhere.',
  command: changeCommand(virsh('domif-setlink', domain.uuid, macAddress, 'up'), LIBVIRT_TIMEOUT),
})

/** With the NICs of ours: what a reading knows of another one is not enough to plug it in again. */
const define = (domain: Domain): StepDraft => ({
  title: `Define VM ${titleOf(domain)}`,
  reason: 'Its NICs are plugged into the bridges made above.',
  command: changeCommand(virsh('define', '/dev/stdin'), {
    ...LIBVIRT_TIMEOUT,
    stdin: renderDomainXml({ ...domain, interfaces: domain.interfaces.filter(isOwnNic) }),
  }),
})

/**
 * Once per boot: a VM that somebody stopped stays stopped when only Open vSwitch restarts. And not past a filter that could not be written: a
 * Linux bridge would let it send anything.
 */
export const startGuard: RestoreGuard = {
  script: String.raw`
once_per_boot || exit 1
if has_failed iptables.write; then exit 2; fi
for uuid; do :; done
state=$(virsh -q -c qemu:///system domstate "$uuid") || exit 2
case $state in "shut off" | crashed) ;; *) exit 1 ;; esac`,
}

const start = (domain: Domain): StepDraft => ({
  title: `Start VM ${titleOf(domain)}`,
  reason: 'Libvirt makes the taps and puts them into their bridges.',
  command: changeCommand(virsh('start', domain.uuid), LIBVIRT_TIMEOUT),
})
