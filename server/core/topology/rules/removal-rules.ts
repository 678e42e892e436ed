// What stands in the way of taking an object out of the design (docs/reference/design-rules.md). Automatic ports (DHCP) never do.

import { labelPort } from '../kinds/port/port-label'
import type { Port } from '../kinds/port/port'
import type { Topology } from '../topology'
import type { RuleParams } from '../rule-params'
import { conflict, type Violation } from '../violation'

/** Unless nothing stands in the way. */
export const refuse = <R extends keyof RuleParams>(rule: R, users: readonly string[], params: Readonly<RuleParams[R]>): Violation[] =>
  users.length === 0 ? [] : [conflict(rule, null, params, users)]

export const isUserPort = ({ deviceOwner }: Port): boolean => deviceOwner !== 'network:dhcp'
export const labelsOf = (topology: Topology, ports: readonly Port[]): string[] => ports.map((port) => labelPort(topology, port))
export const namesOf = (items: readonly { readonly name: string }[]): string[] => items.map(({ name }) => name)
