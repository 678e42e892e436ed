// What a kind of host resource is to Tapline: one object says how it is read, told apart, compared, brought about, taken away and brought
// back after a restart. kinds.ts lists them; diff, steps and what a reading may not know follow from that list. The type of a
// resource that other rooms look at, as a path does, is in core/host.

import type { KindDiff, HostDiff } from '../diff/kind-diff'
import type { OwnScope } from '../diff/own-scope'
import type { ReadingScope } from '../host/unknown-part'
import type { Parsed } from '../parse/parse-result'
import type { FieldChange } from '../plan/change'
import type { StepDraft } from '../render/step-draft'
import type { LineGuard, StepRestore } from './restore-guard'

export interface Kind<R> {
  /** Heading of its group in a plan: "Open vSwitch ports". */
  readonly heading: string
  /** Within a sentence, in the plural: "flows". */
  readonly noun: string

  /** Identity on the host. */
  readonly key: (resource: R) => string
  /** What people call one. */
  readonly label: (resource: R) => string
  /** May a diff remove it? Answered from the mark, or from what it lives in. */
  readonly isOurs: (resource: R, scope: OwnScope) => boolean
  /** Fields in which an observed resource falls short of a desired one; only fields that the desired one sets. */
  readonly compare: (desired: R, observed: R) => FieldChange[]
  /** What is there under its key with another owner's mark, or none, is not ours to change: it stands in the way. */
  readonly isTakenByMark?: boolean
  /** Of what is a file. */
  readonly path?: string
  /** A requirement is never created or removed by us, only adjusted: a NIC, a tap that libvirt makes, a sysctl. */
  readonly isRequirement?: (resource: R) => boolean
  /** Of a requirement, what our steps adjust on it and a way back brings back. Absent: nothing. */
  readonly adjusted?: (resource: R) => R
  /** Never taken away, but a way back gives it the value again that it had. */
  readonly isBroughtBack?: (resource: R, scope: OwnScope) => boolean
  /** A run that dies may leave one behind without its mark: what it made is remembered until a reading settles it (plan/made.ts). */
  readonly isRemembered?: boolean

  /** Sections of a reading that tell it: where one fails, more of it may be there than was read. */
  readonly sections: readonly SectionUse[]
  /** Where it lies, when its fields `netns`, `bridge` and `family` do not say it. */
  readonly place?: (resource: R) => ReadingScope
  /**
   * How it is read, where one section tells it and nothing else. What several kinds share is in parse/section-parsers.ts, and so is a parser
   * that brings a library along: kinds come to the browser, for their headings.
   */
  readonly reading?: Reading<R>

  /** What brings differences about. */
  readonly steps: readonly StepMaker[]
  /** What it adds to the `ip -batch` of the namespace that it lives in (links/link-steps.ts). */
  readonly ip?: IpLines<R>

  /** What a boot leaves of it; the rest is brought back by the restore unit. Absent: nothing. */
  readonly afterBoot?: (resources: readonly R[]) => readonly R[]
  /** Ways to see, past everything above, that a host has none left: a label and a command line for each. For tests on real hosts. */
  readonly probes: readonly (readonly [label: string, command: string])[]
}

export interface SectionUse {
  /** First word of the section's name. */
  readonly name: string
  /** What the rest of its name says. */
  readonly of?: 'netns' | 'bridge'
  readonly place?: ReadingScope
  /** Fails for good on a host that has no use for it: of no consequence where nothing of the kind is wanted or ours. */
  readonly mayBeIdle?: boolean
}

interface Reading<R> {
  /** The section that tells it. */
  readonly section: string
  /**
   * Shell, a part of the read script (parse/read-script.ts), which has `has`, `run` and `end` for it. It leaves the section out where the tool is missing,
   * or where another section tells that nobody answers: $ovs is what the OVSDB said, or nothing.
   */
  readonly script: string
  readonly parse: (text: string, section: string) => Parsed<readonly R[]>
}

export interface StepMaker {
  /** `<kind>.<verb>`, by which other steps name it. */
  readonly name: string
  /** Steps that must have been done; each with its reason beside it. `EVERYTHING` for what comes last of all. */
  readonly after: readonly string[]
  /** Steps that must not have been done yet: for what another kind cannot know of. */
  readonly before?: readonly string[]
  readonly render: (diff: HostDiff, ip: IpOfKinds) => StepDraft[]
  /** How the restore unit repeats it. */
  readonly restore: StepRestore
}

export const EVERYTHING = '*'

interface IpLines<R> {
  /** Those of one namespace that come or change. */
  readonly set: (resources: readonly R[]) => readonly string[]
  /** Those that go while their device and their namespace stay. */
  readonly remove: (resources: readonly R[]) => readonly string[]
  /** How the restore unit repeats what is set. */
  readonly restore: LineGuard | 'repeatable'
}

/** The same of all kinds, in the order of their list; what goes, in the opposite one. */
export interface IpOfKinds {
  readonly set: (netns: string) => readonly string[]
  readonly remove: (netns: string) => readonly string[]
  /** Namespaces in which there is any of it. */
  readonly places: readonly string[]
}

/** What a namespace tells of itself: not known as well where the namespace could not be entered, or is gone and only its name is left. */
export const inNamespaces = (...names: readonly string[]): readonly SectionUse[] =>
  [...names, 'namespace', 'gone'].map((name) => ({ name, of: 'netns' }))

/** As they are after the plan: what comes, and what is changed. */
export const wantedOf = <R>({ added, changed }: KindDiff<R>): readonly R[] => [...added, ...changed.map(({ to }) => to)]

/** " in qdhcp-…", at the end of a label. */
export const whereIn = (netns: string): string => (netns === '' ? '' : ` in ${netns}`)
