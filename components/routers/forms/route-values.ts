// Rows of extra routes as they are filled in ↔ the API's list. Pure; where a route may lead is the server's rule.

import { checkInput } from '@/components/lib/check-form'
import type { KeyedRow } from '@/components/ui/keyed-rows'
import type { Router, RouterRoute } from '@/server/core/topology/kinds/router/router'
import { routerPatchInput } from '@/server/core/topology/kinds/router/router-input'
import { routerKind } from '@/server/core/topology/kinds/router/router-kind'

interface RouteRow extends KeyedRow {
  readonly destination: string
  readonly nexthop: string
}

export interface RoutesValues {
  /** What the form was opened with. */
  readonly stored: readonly RouterRoute[]
  readonly rows: readonly RouteRow[]
}

export const newRoute = (key: number): RouteRow => ({ key, destination: '', nexthop: '' })

/** Who opens the form of a router without routes wants to add one. */
export const routesValues = ({ routes }: Router): RoutesValues => ({
  stored: routes,
  rows: routes.length === 0 ? [newRoute(0)] : routes.map((route, key) => ({ key, ...route })),
})

export const toRoutesPatch = ({ rows }: RoutesValues) => ({
  routes: rows.map(({ destination, nexthop }) => ({ destination: destination.trim(), nexthop: nexthop.trim() })),
})

export const checkRoutesEdit = checkInput(routerPatchInput, toRoutesPatch, routerKind.fieldRules)
