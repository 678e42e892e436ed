// What is asked of routers beyond the plain verbs, or instead of them; each has its own file.

import { addInterface } from './add-interface'
import { getRouter } from './get'
import { listRouters } from './list'
import { removeInterface } from './remove-interface'

export const routerVerbs = { list: listRouters, get: getRouter, addInterface, removeInterface }
