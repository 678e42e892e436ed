// list, create, update and remove of every kind of design object, made from its edits (core/topology/kinds/edits.ts). Hosts are left out: they are
// registered and changed with the way they are entered, and under another right.

import type { TRPCMutationProcedure, TRPCQueryProcedure } from '@trpc/server'
import { byId } from '@/server/core/topology/input-shapes'
import { designEdits } from '@/server/core/topology/kinds/edits'
import type { Change, Creation, EditDeps, KindEdits } from '@/server/core/topology/kinds/kind-edits'
import { itemsOf, kindNames, kindOf } from '@/server/core/topology/kinds/kinds'
import type { Kind, ListOf, ObjectOf } from '@/server/core/topology/topology'
import type { Right } from '@/server/core/rights/rights'
import { isoNow } from '@/server/effects/clock'
import type { RequestContext } from './request-context'
import { procedure } from './trpc'

type KindWithVerbs = Exclude<Kind, 'host'>
type Meta = { readonly right: Right }
type Made<Input> = TRPCMutationProcedure<{ input: Input; output: { id: string }; meta: Meta }>

type Verbs<K extends KindWithVerbs> = {
  readonly list: TRPCQueryProcedure<{ input: void; output: readonly ObjectOf[K][]; meta: Meta }>
  readonly remove: Made<{ id: string }>
} & ((typeof designEdits)[K] extends { readonly create: Creation<infer Given, infer _> } ? { readonly create: Made<Given> } : unknown) &
  ((typeof designEdits)[K] extends { readonly update: Change<infer Given, infer _> }
    ? { readonly update: Made<{ id: string; patch: Given }> }
    : unknown)

const depsOf = ({ ids, clock }: RequestContext): EditDeps => ({ ids, now: isoNow(clock) })

function verbsOf(kind: KindWithVerbs) {
  const { create, update, remove }: KindEdits = designEdits[kind]
  const edit = procedure('design:edit')
  return {
    list: procedure('see').query(async ({ ctx }) => itemsOf(await ctx.store.loadTopology(), kind)),
    ...(create && { create: edit.input(create.input).mutation(({ ctx, input }) => ctx.store.edit(create.edit(input, depsOf(ctx)))) }),
    ...(update && {
      update: edit
        .input(byId.extend({ patch: update.patch }))
        .mutation(({ ctx, input }) => ctx.store.edit(update.edit(input.id, input.patch, depsOf(ctx)))),
    }),
    remove: edit.input(byId).mutation(({ ctx, input }) => ctx.store.edit(remove(input.id, depsOf(ctx)))),
  }
}

type DesignVerbs = { readonly [K in KindWithVerbs as ListOf<K>]: Verbs<K> }

// What is made from a list has the type that the list says; the compiler cannot follow that through a loop.
export const designVerbs = Object.fromEntries(
  kindNames.flatMap((kind) => (kind === 'host' ? [] : [[kindOf(kind).list, verbsOf(kind)]])),
) as unknown as DesignVerbs
