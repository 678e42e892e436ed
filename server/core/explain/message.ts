// The form of every table of messages: one per code, a function of its values.

import type { Coded } from '../finding'

/** `name`: of what it is about. */
export type Messages<Params> = { readonly [C in keyof Params]: (params: Readonly<Params[C]>, name: string) => string }

export const sayCoded = <Params, C extends keyof Params>(
  messages: Messages<Params>,
  { code, params }: Coded<Params, C>,
  name = '',
): string => messages[code](params, name)
