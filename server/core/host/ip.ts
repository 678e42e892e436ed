// Addresses, routes and policy rules, per namespace, from `ip -j addr|route|rule`.

export interface IpAddress {
  readonly netns: string
  readonly link: string
  /** 10.0.0.2/24 */
  readonly cidr: string
  /** Ours is marked by it on a NIC that is not. */
  readonly label?: string
  /** kernel: link-local and the like, which nobody configured. */
  readonly scope?: string
}

export interface Route {
  readonly netns: string
  readonly table: string // main, local, or a number as text
  readonly destination: string // CIDR or default
  readonly via?: string
  readonly link?: string
  readonly source?: string
  readonly protocol?: string // kernel, static, boot, …
  readonly scope?: string
  readonly type?: string // unicast when absent
  readonly metric?: number
}

export interface IpRule {
  readonly netns: string
  readonly priority: number
  readonly source: string // all, or CIDR
  readonly table: string
  readonly inputLink?: string
}

export const addressKey = (address: IpAddress): string => `${address.netns}/${address.link}/${address.cidr}`
export const routeKey = (route: Route): string =>
  `${route.netns}/${route.table}/${route.type ?? 'unicast'}/${route.destination}/${route.link ?? ''}/${route.metric ?? 0}`
export const ruleKey = (rule: IpRule): string => `${rule.netns}/${rule.priority}/${rule.source}/${rule.inputLink ?? ''}/${rule.table}`
