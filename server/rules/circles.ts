// The circles of a directed graph: its strongly connected parts of more than one node (Tarjan), and nodes that lead to themselves.

export function circlesIn(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const [order, lowest, open, circles] = [new Map<string, number>(), new Map<string, number>(), [] as string[], [] as string[][]]
  const visit = (node: string): void => {
    order.set(node, order.size)
    lowest.set(node, order.get(node)!)
    open.push(node)
    for (const next of graph.get(node) ?? []) {
      if (!order.has(next)) visit(next)
      if (open.includes(next)) lowest.set(node, Math.min(lowest.get(node)!, lowest.get(next)!))
    }
    if (lowest.get(node) !== order.get(node)) return
    const part = open.splice(open.indexOf(node))
    if (part.length > 1 || graph.get(node)?.includes(node)) circles.push(part.sort())
  }
  for (const node of graph.keys()) if (!order.has(node)) visit(node)
  return circles
}
