// VMs: define and start through libvirt, destroy and undefine when they go. A changed VM is rebuilt; the blast radius says so.

import { changeCommand } from '../commands/command'
import type { HostDiff } from '../diff/host-diff'
import type { Domain } from '../host/domain'
import { renderDomainXml } from './domain-xml'
import type { StepDraft } from './step-draft'

export const LIBVIRT_URI = 'qemu:///system'
const virsh = (...args: string[]): string[] => ['virsh', '-q', '-c', LIBVIRT_URI, ...args]

const SLOW = { timeoutMs: 60_000 }

/** A difference only in whether it runs needs no new definition. */
const isOnlyStopped = (fields: readonly { readonly field: string; readonly to: string | null }[]): boolean =>
  fields.length === 1 && fields[0]!.field === 'running'

export function renderDomainStop(diff: HostDiff): StepDraft[] {
  const rebuilt = diff.domains.changed.filter((change) => !isOnlyStopped(change.fields)).map((change) => change.from)
  const halted = diff.domains.changed.filter((change) => isOnlyStopped(change.fields) && !change.to.isRunning)
  return [
    ...diff.domains.removed.flatMap((domain) => [...stop(domain), undefine(domain)]),
    ...rebuilt.flatMap((domain) => [...stop(domain), undefine(domain)]),
    ...halted.flatMap((change) => stop(change.from)),
  ]
}

const title = (domain: Domain): string => domain.title || domain.name

const stop = (domain: Domain): StepDraft[] =>
  domain.isRunning
    ? [
        {
          title: `Stop VM ${title(domain)}`,
          reason: 'Its devices are about to go.',
          command: changeCommand(virsh('destroy', domain.uuid), SLOW),
        },
      ]
    : []

const undefine = (domain: Domain): StepDraft => ({
  title: `Undefine VM ${title(domain)}`,
  reason: 'It no longer belongs to this host.',
  command: changeCommand(virsh('undefine', domain.uuid), SLOW),
})

export function renderDomainStart(diff: HostDiff): StepDraft[] {
  const rebuilt = diff.domains.changed.filter((change) => !isOnlyStopped(change.fields)).map((change) => change.to)
  const resumed = diff.domains.changed.filter((change) => isOnlyStopped(change.fields) && change.to.isRunning)
  return [
    ...[...diff.domains.added, ...rebuilt].flatMap((domain) => [define(domain), ...(domain.isRunning ? [start(domain)] : [])]),
    ...resumed.map((change) => start(change.to)),
  ]
}

const define = (domain: Domain): StepDraft => ({
  title: `Define VM ${title(domain)}`,
  reason: 'Its NICs are plugged into the bridges made above.',
  command: changeCommand(virsh('define', '/dev/stdin'), { ...SLOW, stdin: renderDomainXml(domain) }),
})

const start = (domain: Domain): StepDraft => ({
  title: `Start VM ${title(domain)}`,
  reason: 'Libvirt makes the taps and puts them into their bridges.',
  command: changeCommand(virsh('start', domain.uuid), SLOW),
})
